import { limits } from '#config/limits'
import type { TxCtx } from '../../ctx.ts'
import { now } from '#platform/clock'
import { row } from '#platform/db'
import { Invalid } from '#platform/errors'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'

const { scheduled } = limits

/** Throws Invalid for a time that is not far enough ahead (POST-17). */
export function assertAhead(time: Date): void {
  if (time.getTime() - now().getTime() < scheduled.minSeconds * 1000)
    throw new Invalid('Validation failed: Scheduled at must be at least 5 minutes in the future', {
      scheduled_at: [{ error: 'ERR_TOO_SOON', description: 'must be at least 5 minutes in the future' }],
    })
}

/**
 * Throws Invalid when a member has too many posts waiting, in all or for that day (POST-18). Two at once are counted one
 * after the other. `exceptId` is one that only changes its time.
 */
export async function assertRoom(
  ctx: TxCtx,
  { accountId, at, exceptId }: { accountId: Id; at: Date; exceptId?: Id },
): Promise<void> {
  await lockKeys(ctx, [`scheduled ${accountId}`])
  const found = await row<{ total: number; daily: number }>(
    ctx,
    `SELECT count(*)::int AS total,
       (count(*) FILTER (WHERE (scheduled_at AT TIME ZONE 'UTC')::date = ($2::timestamptz AT TIME ZONE 'UTC')::date))::int AS daily
     FROM scheduled_posts WHERE account_id = $1 AND id <> $3::bigint`,
    [accountId, at, exceptId ?? '0'],
  )
  if ((found?.total ?? 0) >= scheduled.total)
    throw new Invalid('You have exceeded the limit of scheduled posts')
  if ((found?.daily ?? 0) >= scheduled.daily)
    throw new Invalid('You have exceeded the limit of scheduled posts for that day')
}
