import type { Ctx, TxCtx } from '../../ctx.ts'
import { row, rows } from '#platform/db'
import { Conflict } from '#platform/errors'
import type { Id } from '#platform/ids'
import { seal } from '#platform/secrets'
import { transact } from '#platform/transact'
import { checkPushKeys, type PushKeys } from './check-push-keys.ts'
import { findPush } from './find-push.ts'
import type { PushPolicy, PushSubscription } from './push-subscription.model.ts'
import { actingToken } from './push-token.ts'

/** What wakes an app: kinds of notifications, and whose. */
export type PushWishes = { alerts: string[]; policy: PushPolicy }

export const PURPOSE = 'push token'

/**
 * Lets the app that acts be woken from now on, in place of what it wanted before (PUSH-01). `token` is the access token
 * itself, which its messages carry. Throws Invalid, and Conflict for the address of an app of somebody else.
 */
export const subscribeToPush = (
  ctx: Ctx,
  wish: PushKeys & PushWishes & { isStandard: boolean; token: string },
): Promise<PushSubscription> =>
  transact(ctx, async (ctx) => {
    const { tokenId, accountId } = actingToken(ctx)
    const { endpoint, p256dh, auth } = checkPushKeys(wish)
    await assertFree(ctx, accountId, { endpoint, p256dh, auth })
    const { alerts, policy, isStandard } = wish
    const sealedToken = seal(PURPOSE, wish.token)
    const values = [tokenId, accountId, sealedToken, endpoint, p256dh, auth, isStandard, alerts, policy]
    await rows(ctx, upsert, values)
    return findPush(ctx)
  })

// Two accounts in one app share an address and its keys; who has only heard of an address does not know its keys.
async function assertFree(ctx: TxCtx, accountId: Id, { endpoint, p256dh, auth }: PushKeys): Promise<void> {
  const theirs = await row(
    ctx,
    `SELECT FROM push_subscriptions WHERE endpoint = $1 AND account_id <> $2 AND (p256dh, auth) <> ($3, $4) LIMIT 1`,
    [endpoint, accountId, p256dh, auth],
  )
  if (theirs) throw new Conflict('Another app is subscribed with this endpoint')
}

const upsert = `INSERT INTO push_subscriptions
    (token_id, account_id, sealed_token, endpoint, p256dh, auth, is_standard, alerts, policy)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (token_id) DO UPDATE SET endpoint = excluded.endpoint, p256dh = excluded.p256dh, auth = excluded.auth,
    sealed_token = excluded.sealed_token, is_standard = excluded.is_standard, alerts = excluded.alerts,
    policy = excluded.policy, created_at = now()`
