import type { Ctx } from '../ctx.ts'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'

/**
 * Another server counts other followers of ours of somebody there than are kept here: what it has at `url` is to be looked
 * at later (FEP-8fcf).
 */
export const doubtFollows = (ctx: Ctx, doubt: { accountId: Id; url: string }): Promise<void> =>
  transact(ctx, (ctx) => emit(ctx, 'follows.doubted', doubt))
