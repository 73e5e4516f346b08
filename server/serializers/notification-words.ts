import { kindNamed, kinds } from '#core/notifications/kinds'
import { apart, type reactionNames } from './reaction.ts'

/** Kinds that the app knows beside the usual ones, if it says (NOTE-13), and those that it asks for. */
export type Known = { supported?: readonly string[] | undefined; types?: readonly string[] | undefined }

/** What an app shows instead of a kind that it does not know (NOTE-13); nothing when it does, or has not said. */
export function fallbackJson(kind: string, { supported = [], types = [] }: Known) {
  const { title, aliases } = kinds.get(kind) ?? {}
  const isKnown = aliases
    ? [...supported, ...types].some((name) => kindNamed(name) === kind)
    : supported.length === 0 || supported.includes(kind)
  if (!title || isKnown) return {}
  return { fallback: { title, summary: null, description: null } }
}

/**
 * A notification of an emoji in the words of the app, when it names them: those of Fedibird or Pleroma; else nothing, as
 * it has the words of Chuckya already (client extensions 4.1).
 */
export function reactionNotice(
  kind: string,
  told: Record<string, object> | undefined,
  { supported = [], types = [] }: Known,
): object {
  const type = [...supported, ...types].find((name) => kindNamed(name) === kind)
  const reaction = told?.['reaction'] as ReturnType<typeof reactionNames> | undefined
  if (!reaction || !type || type === kind) return {}
  return {
    type,
    ...(type === 'emoji_reaction'
      ? { emoji_reaction: { ...reaction, ...apart(reaction.name) } }
      : { emoji: reaction.name, emoji_url: reaction.url }),
  }
}
