import { Account } from '#core/accounts/account.model'
import type { Ctx } from '#core/ctx'
import { row } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { CRAWL_MS, withFetchBudget } from './fetch-budget.ts'
import { readOutbox } from './read-outbox.ts'
import { readPins } from './read-pins.ts'
import { sharedMarks } from './shared-marks.ts'

const HOUR = 3_600_000

/**
 * Whoever is followed here for the first time, and whatever group a member meets for the first time, is shown with what they
 * wrote of late and pinned (features backfill-05, groups-16): once an hour at most, and over within a minute. A repeat
 * changes nothing.
 */
export async function readProfile(ctx: Ctx, accountId: Id): Promise<void> {
  const account = await Account.findByPk(accountId)
  if (!account?.uri || account.goneAt || account.suspendedAt) return
  const mark = `profile of ${account.uri}`
  if (await sharedMarks.recall(mark)) return
  await withFetchBudget(async () => {
    await readOutbox(ctx, account)
    await readPins(ctx, account)
  }, CRAWL_MS)
  await sharedMarks.remember(mark, 'read', HOUR)
}

/** The same for somebody whom nobody here followed before: what others follow comes by itself. */
export async function readFollowed(ctx: Ctx, follow: Facts['follow.accepted']): Promise<void> {
  const earlier = await row(
    ctx,
    `SELECT 1 FROM follows WHERE followed_id = $1 AND state = 'accepted' AND id < $2 LIMIT 1`,
    [follow.followedId, follow.followId],
  )
  if (!earlier) await readProfile(ctx, follow.followedId)
}

export const readMet = (ctx: Ctx, { groupId }: Facts['group.met']): Promise<void> => readProfile(ctx, groupId)
