import type { Ctx } from '../ctx.ts'
import type { InteractionRequest } from '../posts/interactions/interaction-request.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { acceptRequest } from './accept-request.ts'
import { findOwnRequest } from './find-own-request.ts'

/** Says yes to what somebody wants to do with a post of the actor. Throws NotFound when nothing waits by that id. */
export async function authorizeRequest(ctx: Ctx, requestId: Id): Promise<InteractionRequest> {
  const { state } = await findOwnRequest(ctx, requestId)
  if (state !== 'pending' || !(await acceptRequest(ctx, { requestId }))) throw new NotFound()
  return findOwnRequest(ctx, requestId)
}
