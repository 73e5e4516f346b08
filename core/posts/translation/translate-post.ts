import { createHash } from 'node:crypto'
import type { Ctx } from '../../ctx.ts'
import { actingPerson } from '../../actor.ts'
import { htmlToText } from '../../text/html-to-text.ts'
import { sanitizeHtml } from '../../text/sanitize-html.ts'
import { Forbidden, NotFound } from '#platform/errors'
import { escapeHtml } from '#platform/html'
import type { Id } from '#platform/ids'
import { orElse, redis } from '#platform/redis'
import { translator } from '#platform/translator'
import type { Translated } from '#platform/translators/service'
import { findOriginal } from '../find-post.ts'
import { isOpen } from '../post.policy.ts'
import { type PostBody, postBodies } from '../post.queries.ts'
import { translationLanguages } from './translation-languages.ts'

/** A post in another language; texts other than `html` are plain. */
export type PostTranslation = {
  html: string
  spoilerText: string
  language: string
  from: string
  provider: string
  media: { id: Id; description: string }[]
  poll: { id: Id; options: string[] } | null
}

/**
 * Translates a post into `language`, else into the actor's own (STAT-30). The same words are asked of the service once a
 * day. Throws NotFound when the post may not be seen, says nothing, or there is no service (TRIP-61); Forbidden when it is
 * not for everybody, or the service does not know these languages; Unavailable when that does not answer.
 */
export async function translatePost(
  ctx: Ctx,
  { postId, language }: { postId: Id; language?: string | undefined },
): Promise<PostTranslation> {
  const post = await findOriginal(ctx, postId)
  if (!isOpen(post.visibility)) throw new Forbidden()
  const [body] = await postBodies(ctx, [post.id])
  if (!body || !translator) throw new NotFound()
  const pieces = piecesOf(body)
  if (pieces.length === 0) throw new NotFound()
  const pair = await pairOf(post.language, language || actingPerson(ctx).locale || 'en')
  const { texts, from } = await translated(pieces, pair)
  return { ...put(body, texts), language: pair.to, from, provider: translator.provider }
}

type Pair = { from: string | null; to: string }

// The service is asked in the words that it knows: a region is left out where it does not tell regions apart.
async function pairOf(written: string | null, wanted: string): Promise<Pair> {
  const known = await translationLanguages()
  const source = [written, written?.split(/[-_]/)[0]].find((code) => code && known[code])
  const targets = known[source ?? 'und'] ?? []
  const asked = wanted.toLowerCase().replace('_', '-')
  const to = [asked, asked.split('-')[0]].find((code) => code && targets.includes(code))
  if (!to) throw new Forbidden()
  return { from: source ?? null, to }
}

// Shortcodes of emojis are no words; services leave alone what is marked so.
const guarded = (html: string): string => html.replaceAll(/:\w+:/g, '<span translate="no">$&</span>')
const unguarded = (html: string): string =>
  html.replaceAll(/<span translate="no">\s*(:\w+:)\s*<\/span>/g, '$1')
const plain = (text: string): string => guarded(escapeHtml(text))
const textOf = (html: string): string => htmlToText(unguarded(html)).trim()

/** What there is to translate, as HTML: content, warning, options, descriptions, without those that are empty. */
const piecesOf = (body: PostBody): string[] =>
  [
    guarded(body.html),
    plain(body.spoilerText),
    ...(body.poll?.options ?? []).map(plain),
    ...body.media.map(({ description }) => plain(description ?? '')),
  ].filter((piece) => piece !== '')

/** Puts the translations where the words were, in the order of `piecesOf`. */
function put(body: PostBody, texts: readonly string[]) {
  const rest = [...texts]
  const next = (was: string): string => (was === '' ? '' : (rest.shift() ?? ''))
  return {
    html: sanitizeHtml(unguarded(next(body.html))),
    spoilerText: textOf(next(body.spoilerText)),
    poll: body.poll && {
      id: body.poll.id,
      options: body.poll.options.map((option) => textOf(next(option))),
    },
    media: body.media
      .filter(({ description }) => description)
      .map(({ id, description }) => ({ id, description: textOf(next(description ?? '')) })),
  }
}

const DAY = 86_400

async function translated(pieces: readonly string[], { from, to }: Pair): Promise<Translated> {
  const mark = createHash('sha256')
    .update(JSON.stringify([translator?.provider, from, to, pieces]))
    .digest('hex')
  const key = `translation:${mark}`
  const kept = await orElse(() => redis.get(key), null)
  if (kept) return JSON.parse(kept) as Translated
  if (!translator) throw new NotFound()
  const found = await translator.translate(pieces, from, to)
  await orElse(() => redis.set(key, JSON.stringify(found), 'EX', DAY), null)
  return found
}
