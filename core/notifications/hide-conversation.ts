import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { Conversation } from './conversation.model.ts'

/** Takes a conversation out of the actor's list until a new post comes. Throws NotFound (TL-18). */
export async function hideConversation(ctx: Ctx, { conversationId }: { conversationId: Id }): Promise<void> {
  const gone = await Conversation.destroy({
    where: { id: conversationId, accountId: actingId(ctx) },
    transaction: ctx.tx ?? null,
  })
  if (gone === 0) throw new NotFound()
}
