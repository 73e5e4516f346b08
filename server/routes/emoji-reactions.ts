import { z } from 'zod'
import type { Ctx } from '#core/ctx'
import { LARGEST } from '#core/paging'
import { findOriginal } from '#core/posts/find-post'
import { reactedPosts } from '#core/posts/marks/mark.queries'
import { emojiNamed } from '#core/reactions/find-given-emoji'
import { giveEmoji } from '#core/reactions/give-emoji'
import { reactorsOf } from '#core/reactions/reactor.queries'
import { takeBackEmoji } from '#core/reactions/take-back-emoji'
import type { Id } from '#platform/ids'
import { cursors, id, text } from '../input.ts'
import { type Handler, routes } from '../routes.ts'
import { reactionGroupsJson } from '../serializers/reaction-group.ts'
import { reactorPage } from '../serializers/reactor-page.ts'
import { fedibirdReactorJson, reactorJson } from '../serializers/reaction.ts'
import { markedStatusPage } from '../serializers/status-page.ts'
import { statusJson } from '../serializers/status.ts'

const named = z.looseObject({ id: id(), name: text() })
const maybe = z.looseObject({ id: id(), emoji: text() })
const page = z.looseObject({ id: id(), emoji: text(), ...cursors(40, 80) })
const writing = { scopes: ['write:favourites', 'write:statuses'], answers: 'Status' }
const reading = { access: 'optional', scopes: ['read:accounts', 'read:statuses'] } as const

// Of a post that has more, pages tell the rest.
const SHOWN = 200

const give: Handler<z.output<typeof maybe>> = async (ctx, { id: postId, emoji: name = '' }) => {
  await giveEmoji(ctx, { postId, name })
  return statusJson(ctx, postId)
}
const takeBack: Handler<z.output<typeof maybe>> = async (ctx, { id: postId, emoji: name }) => {
  await takeBackEmoji(ctx, { postId, name: name || undefined })
  return statusJson(ctx, postId)
}

const emojiOf = (name: string | undefined): string | undefined =>
  name ? (emojiNamed(name) ?? name) : undefined

const listing =
  (render: typeof reactorJson): Handler<z.output<typeof page>> =>
  async (ctx, { id: asked, emoji, ...rest }) => {
    const { id: postId } = await findOriginal(ctx, asked)
    const found = await reactorsOf(ctx, { postId, emoji: emojiOf(emoji), cursors: rest })
    return reactorPage(ctx, found, { limit: rest.limit, render })
  }

async function groups(ctx: Ctx, asked: Id, name?: string) {
  const { id: postId } = await findOriginal(ctx, asked)
  const found = { postId, emoji: emojiOf(name), cursors: { max_id: LARGEST, limit: SHOWN } }
  return reactionGroupsJson(ctx, postId, await reactorsOf(ctx, found))
}

/** Emojis for posts, as apps of three families give them and take them back (client extensions 4.1). */
export default routes('/api/v1', (r) => {
  r.post('/statuses/:id/react/:name', { ...writing, input: named }, async (ctx, { id, name }, call) =>
    give(ctx, { id, emoji: name }, call),
  )
  r.post('/statuses/:id/unreact/:name', { ...writing, input: named }, async (ctx, { id, name }, call) =>
    takeBack(ctx, { id, emoji: name }, call),
  )
  r.get(
    '/statuses/:id/reactions',
    { ...reading, input: page, answers: 'Array<Reactor>' },
    listing(reactorJson),
  )

  r.put('/pleroma/statuses/:id/reactions/:emoji', { ...writing, input: maybe }, give)
  r.delete('/pleroma/statuses/:id/reactions/:emoji', { ...writing, input: maybe }, takeBack)
  const grouped = { ...reading, input: maybe, answers: 'Array<ReactionGroup>' }
  r.get('/pleroma/statuses/:id/reactions', grouped, (ctx, { id }) => groups(ctx, id))
  r.get('/pleroma/statuses/:id/reactions/:emoji', grouped, (ctx, { id, emoji }) => groups(ctx, id, emoji))

  r.put('/statuses/:id/emoji_reactions/:emoji', { ...writing, input: maybe }, give)
  r.delete('/statuses/:id/emoji_reactions/:emoji', { ...writing, input: maybe }, takeBack)
  // Apps call it both ways.
  r.post('/statuses/:id/emoji_unreaction', { ...writing, input: maybe }, takeBack)
  r.post('/statuses/:id/emoji_unreactions', { ...writing, input: maybe }, takeBack)
  r.get(
    '/statuses/:id/emoji_reactioned_by',
    { ...reading, input: page, answers: 'Array<Reactor>' },
    listing(fedibirdReactorJson),
  )
  r.get(
    '/emoji_reactions',
    { scopes: ['read:favourites'], input: z.looseObject(cursors(20, 40)), answers: 'Array<Status>' },
    async (ctx, asked) => markedStatusPage(ctx, await reactedPosts(ctx, asked), asked.limit),
  )
})
