import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { endFollow } from './end-follow.ts'
import { holdRequest } from './hold-request.ts'

/** Refuses somebody's request to follow the actor (ACCT-38). Throws NotFound when no request of theirs waits. */
export const rejectFollow = (ctx: Ctx, { accountId }: { accountId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => endFollow(ctx, await holdRequest(ctx, accountId), 'rejected'))
