import type { Reactor } from '#core/reactions/reactor.queries'
import type { PostState } from '#core/posts/post.queries'
import type { ReactionTally } from '#core/posts/post.model'
import type { Picture } from '#core/reactions/reaction.model'
import type { AccountJson } from './account.ts'

type Tallied = [emoji: string, tally: ReactionTally]

const inOrder = ([, one]: Tallied, [, other]: Tallied): number =>
  BigInt(one.first) < BigInt(other.first) ? -1 : 1

/** What a reaction is called and what it looks like; an emoji of Unicode has no picture. */
export const reactionNames = (emoji: string, picture: Picture | null | undefined) => ({
  name: emoji,
  url: picture?.url ?? null,
  static_url: picture?.staticUrl ?? null,
})

/** Its name as Fedibird says it, with the host of a custom emoji apart from its code. */
export function apart(emoji: string) {
  const [code = '', domain = null] = emoji.split('@')
  return { name: code, domain }
}

/**
 * The emojis of a post as apps of three families read them, from one source (client extensions 4.1): the one that was given
 * first comes first. At most twenty of the accounts are named.
 */
export function reactionsJson({ reactions, ownEmojis }: Pick<PostState, 'reactions' | 'ownEmojis'>) {
  const all = Object.entries(reactions ?? {})
    .sort(inOrder)
    .map(([emoji, { count, by, picture }]) => {
      const reaction = { ...reactionNames(emoji, picture), count, me: ownEmojis.includes(emoji) }
      return { emoji, reaction, named: { ...reaction, account_ids: by } }
    })
  return {
    reactions: all.map(({ reaction }) => reaction),
    reactions_count: all.reduce((sum, { reaction: { count } }) => sum + count, 0),
    emoji_reactions: all.map(({ emoji, named }) => ({ ...named, ...apart(emoji) })),
    pleroma: { emoji_reactions: all.map(({ named }) => named) },
  }
}

/** A reaction with who gave it; `name` has the host of a custom emoji, which is also told apart. */
export const reactorJson = (
  { emoji, picture }: Pick<Reactor, 'emoji' | 'picture'>,
  account: AccountJson,
) => ({
  ...reactionNames(emoji, picture),
  domain: apart(emoji).domain,
  account,
})

/** The same as Fedibird says it: the name without the host. */
export const fedibirdReactorJson = (reactor: Pick<Reactor, 'emoji' | 'picture'>, account: AccountJson) => ({
  ...reactorJson(reactor, account),
  ...apart(reactor.emoji),
})
