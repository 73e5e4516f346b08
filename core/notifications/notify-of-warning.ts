import type { Ctx } from '../ctx.ts'
import type { Facts } from '#platform/facts'
import { notify } from './notify.ts'

/** Tells a member what the moderators have to say (NOTE-01). */
export const notifyOfWarning = (
  ctx: Ctx,
  { warningId: subjectId, accountId }: Facts['account.warned'],
): Promise<void> => notify(ctx, [{ accountId, kind: 'moderation_warning', fromId: accountId, subjectId }])
