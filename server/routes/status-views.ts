import { z } from 'zod'
import type { Ctx } from '#core/ctx'
import type { Cursors } from '#core/paging'
import { boostersOf } from '#core/posts/boosters.queries'
import { findPost } from '#core/posts/find-post'
import { askReplies } from '#core/posts/threads/ask-replies'
import { ancestorsOf, descendantsOf } from '#core/posts/threads/thread.queries'
import { likersOf } from '#core/reactions/reaction.queries'
import type { Related } from '#core/relationships/relationship.queries'
import type { Id } from '#platform/ids'
import { Answer } from '../answers.ts'
import { cursors, id } from '../input.ts'
import { routes } from '../routes.ts'
import { accountPage } from '../serializers/account-page.ts'
import { statusEditsJson } from '../serializers/status-edit.ts'
import { statusSourceJson } from '../serializers/status-source.ts'
import { refreshHeader } from '../serializers/refresh.ts'
import { statusesJson } from '../serializers/status.ts'

const one = z.looseObject({ id: id() })
const page = z.looseObject({ id: id(), ...cursors(40, 80) })
const reading = { access: 'optional', scopes: ['read:statuses'], input: one } as const
const people = {
  access: 'optional',
  scopes: ['read:accounts'],
  input: page,
  answers: 'Array<Account>',
} as const

const listing =
  (find: (ctx: Ctx, asked: { postId: Id; cursors: Cursors }) => Promise<Related[]>) =>
  async (ctx: Ctx, { id: asked, ...rest }: z.output<typeof page>) => {
    const post = await findPost(ctx, asked)
    return accountPage(ctx, await find(ctx, { postId: post.boostOfId ?? post.id, cursors: rest }), rest.limit)
  }

async function contextJson(ctx: Ctx, postId: Id) {
  const post = await findPost(ctx, postId)
  const [above, below, refresh] = await Promise.all([
    ancestorsOf(ctx, post.id),
    descendantsOf(ctx, post.id),
    askReplies(ctx, post),
  ])
  const json = await statusesJson(ctx, [...above, ...below])
  const isAbove = new Set(above)
  const context = {
    ancestors: json.filter((each) => isAbove.has(each.id)),
    descendants: json.filter((each) => !isAbove.has(each.id)),
  }
  return refresh ? new Answer(200, context, refreshHeader(refresh)) : context
}

export default routes('/api/v1/statuses', (r) => {
  r.get('/:id/context', { ...reading, answers: 'Context' }, (ctx, { id: postId }) => contextJson(ctx, postId))
  r.get('/:id/reblogged_by', people, listing(boostersOf))
  r.get('/:id/favourited_by', people, listing(likersOf))
  r.get('/:id/history', { ...reading, answers: 'Array<StatusEdit>' }, async (ctx, { id: postId }) =>
    statusEditsJson(ctx, await findPost(ctx, postId)),
  )
  r.get('/:id/source', { ...reading, access: 'app', answers: 'StatusSource' }, async (ctx, { id: postId }) =>
    statusSourceJson(await findPost(ctx, postId)),
  )
})
