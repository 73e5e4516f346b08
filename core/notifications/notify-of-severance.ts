import type { Ctx } from '../ctx.ts'
import type { Facts } from '#platform/facts'
import { notify } from './notify.ts'

/** Tells a member what relations they lost (NOTE-01). */
export const notifyOfSeverance = (
  ctx: Ctx,
  { severanceId: subjectId, accountId }: Facts['relationships.severed'],
): Promise<void> => notify(ctx, [{ accountId, kind: 'severed_relationships', fromId: accountId, subjectId }])
