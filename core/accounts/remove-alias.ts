import { actingPerson } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { transact } from '#platform/transact'
import { changeAliases } from './change-aliases.ts'

/** The acting member does not go by this ActivityPub id any more. */
export const removeAlias = (ctx: Ctx, { uri }: { uri: string }): Promise<void> =>
  transact(ctx, (ctx) =>
    changeAliases(ctx, actingPerson(ctx).accountId, (aliases) => aliases.filter((each) => each !== uri)),
  )
