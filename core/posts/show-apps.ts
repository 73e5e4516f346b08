import { actingPerson } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import { transact } from '#platform/transact'

/** As many posts show a change at once; older ones when their rendered copies lapse. */
const RECENT = 200

/** Says whether others see by which app the actor's posts were written (POST-21). */
export const showApps = (ctx: Ctx, { isShown }: { isShown: boolean }): Promise<void> =>
  transact(ctx, async (ctx) => {
    const { userId, accountId } = actingPerson(ctx)
    await rows(
      ctx,
      `UPDATE users SET preferences = jsonb_set(preferences, '{hidesApps}', to_jsonb($2::boolean)) WHERE id = $1`,
      [userId, !isShown],
    )
    await rows(
      ctx,
      `UPDATE posts SET version = version + 1 WHERE id IN (
         SELECT id FROM posts WHERE author_id = $1 ORDER BY id DESC LIMIT ${RECENT})`,
      [accountId],
    )
  })
