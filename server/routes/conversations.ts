import { z } from 'zod'
import { actingId } from '#core/actor'
import type { Ctx } from '#core/ctx'
import { conversationOf, conversationsOf } from '#core/notifications/conversation.queries'
import { hideConversation } from '#core/notifications/hide-conversation'
import { markConversation } from '#core/notifications/mark-conversation'
import { NotFound } from '#platform/errors'
import { Page } from '../answers.ts'
import { cursors, id } from '../input.ts'
import { routes } from '../routes.ts'
import { conversationsJson } from '../serializers/conversation.ts'

const write = { scopes: ['write:conversations'], input: z.looseObject({ id: id() }) }

async function marked(ctx: Ctx, conversationId: string, isUnread: boolean) {
  await markConversation(ctx, { conversationId, isUnread })
  const talk = await conversationOf(ctx, actingId(ctx), conversationId)
  if (!talk) throw new NotFound()
  return (await conversationsJson(ctx, [talk]))[0]
}

export default routes('/api/v1/conversations', (r) => {
  r.get(
    '/',
    { scopes: ['read:statuses'], input: z.looseObject(cursors(20, 40)), answers: 'Array<Conversation>' },
    async (ctx, page) => {
      const talks = await conversationsOf(ctx, actingId(ctx), page)
      const last = talks.map(({ lastPostId }) => lastPostId)
      return new Page(await conversationsJson(ctx, talks), last, { full: talks.length === page.limit })
    },
  )
  r.delete('/:id', { ...write, answers: 'Empty' }, (ctx, { id: conversationId }) =>
    hideConversation(ctx, { conversationId }),
  )
  r.post('/:id/read', { ...write, answers: 'Conversation' }, (ctx, { id: conversationId }) =>
    marked(ctx, conversationId, false),
  )
  r.post('/:id/unread', { ...write, answers: 'Conversation' }, (ctx, { id: conversationId }) =>
    marked(ctx, conversationId, true),
  )
})
