import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { Conversation } from './conversation.model.ts'

/** Says that the actor has read a conversation, or has not. Throws NotFound (TL-18). */
export async function markConversation(
  ctx: Ctx,
  { conversationId, isUnread }: { conversationId: Id; isUnread: boolean },
): Promise<void> {
  const [changed] = await Conversation.update(
    { isUnread },
    { where: { id: conversationId, accountId: actingId(ctx) }, transaction: ctx.tx ?? null },
  )
  if (changed === 0) throw new NotFound()
}
