import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { holdRequest } from './hold-request.ts'
import { recordAcceptance } from './record-follow.ts'

/** Lets somebody who asked follow the actor (ACCT-38). Throws NotFound when no request of theirs waits. */
export const acceptFollow = (ctx: Ctx, { accountId }: { accountId: Id }): Promise<void> =>
  transact(ctx, async (ctx) => recordAcceptance(ctx, await holdRequest(ctx, accountId)))
