import type { Ctx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { findOwnRequest } from './find-own-request.ts'
import { refuseRequest } from './refuse-request.ts'

/**
 * Says no to what somebody wants to do with a post of the actor, or takes a yes back. Throws NotFound when there is no such
 * request, or it was refused before.
 */
export async function rejectRequest(ctx: Ctx, requestId: Id): Promise<void> {
  await findOwnRequest(ctx, requestId)
  if (!(await refuseRequest(ctx, { requestId }))) throw new NotFound()
}
