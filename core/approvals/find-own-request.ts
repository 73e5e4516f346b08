import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { findRequest, type InteractionRequest } from '../posts/interactions/interaction-request.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'

/** A request about a post of the actor. Throws NotFound for any other. */
export async function findOwnRequest(ctx: Ctx, requestId: Id): Promise<InteractionRequest> {
  const found = await findRequest(ctx, requestId)
  if (found?.authorId !== actingId(ctx)) throw new NotFound()
  return found
}
