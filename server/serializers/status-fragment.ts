import { accountUrl, hashtagUrl, linkedCollections, postUri, postUrl } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { type Named, type PostBody, postBodies, type PostState } from '#core/posts/post.queries'
import type { Id } from '#platform/ids'
import { lru } from '#platform/lru'
import { mediumJson } from './medium.ts'
import { emojiUsesJson } from './emoji.ts'

/** What a post says, rendered: the same for every viewer, and for as long as the version of the post is the same. */
export type StatusFragment = ReturnType<typeof renderFragment>

// Names and pages of people who are mentioned may change without the post; nobody sees the old ones for longer.
const LIFETIME = 600
const kept = lru<{ version: number; fragment: StatusFragment }>(10_000, LIFETIME)

/**
 * Gives the fragments of these posts: those that were rendered before in this version as they are, all others from one
 * query.
 */
export async function fragmentsOf(
  ctx: Pick<Ctx, 'tx'>,
  states: readonly Pick<PostState, 'id' | 'version'>[],
): Promise<Map<Id, StatusFragment>> {
  const found = new Map<Id, StatusFragment>()
  for (const { id, version } of states) {
    const known = kept.get(id)
    if (known?.version === version) found.set(id, known.fragment)
  }
  const missing = states.filter(({ id }) => !found.has(id)).map(({ id }) => id)
  for (const body of await postBodies(ctx, missing)) {
    const fragment = renderFragment(body)
    found.set(body.id, fragment)
    // What a transaction sees may never come true.
    if (!ctx.tx) kept.set(body.id, { version: body.version, fragment })
  }
  return found
}

/** Forgets everything that was rendered. */
export const forgetFragments = (): void => kept.clear()

function renderFragment(body: PostBody) {
  const words = `${body.html}\n${body.spoilerText}`
  return {
    createdAt: body.publishedAt.toISOString(),
    editedAt: body.editedAt?.toISOString() ?? null,
    replyToAccountId: body.replyToAccountId,
    sensitive: body.isSensitive,
    spoilerText: body.spoilerText,
    visibility: body.visibility,
    interactionPolicy: body.interactionPolicy,
    language: body.language,
    uri: postUri(body),
    url: postUrl(body, body.author),
    content: body.html,
    text: body.text,
    media: body.media.map(mediumJson),
    mentions: body.mentions.map(mentionJson),
    tags: body.hashtags.map((name) => ({ name, url: hashtagUrl(name) })),
    emojis: emojiUsesJson(body.emojis.filter(({ shortcode }) => words.includes(`:${shortcode}:`))),
    card: body.card,
    collectionIds: linkedCollections(body.html),
    poll: body.poll && { card: body.poll, emojis: body.emojis },
    application: body.app,
    hidesApp: body.hidesApp,
  }
}

const mentionJson = (account: Named) => ({
  id: account.id,
  username: account.username,
  url: accountUrl(account),
  acct: account.domain ? `${account.username}@${account.domain}` : account.username,
})
