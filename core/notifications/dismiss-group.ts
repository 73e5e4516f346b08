import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import { keyed } from './group.queries.ts'

/** Takes away a group of the actor's notifications; one that is not there is as good as gone (NOTE-11). */
export async function dismissGroup(ctx: Ctx, { key }: { key: string }): Promise<void> {
  const { where, value } = keyed(key)
  await rows(ctx, `DELETE FROM notifications AS n WHERE n.account_id = $1 AND ${where}`, [
    actingId(ctx),
    value,
  ])
}
