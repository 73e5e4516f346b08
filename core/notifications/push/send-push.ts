import type { Ctx } from '../../ctx.ts'
import { livingTokens } from '../../auth/living-tokens.ts'
import { readSettings } from '../../instances/read-settings.ts'
import { instance } from '#config/instance'
import { now } from '#platform/clock'
import { row } from '#platform/db'
import { FetchFailed } from '#platform/http-errors'
import { count } from '#platform/metrics'
import { Retry } from '#platform/outcomes'
import type { OwedRow } from '#platform/owed-work'
import { postPush } from '#platform/push'
import { unseal } from '#platform/secrets'
import { composePush } from './compose-push.ts'
import type { OwedPush } from './owe-pushes.ts'
import { PushSubscription } from './push-subscription.model.ts'
import { returnUrl } from './return-push.ts'
import { PURPOSE } from './subscribe-to-push.ts'

const HOURS_48 = 48 * 3_600_000
/** Seconds between tries: five beside the first (PUSH-08). */
const pauses = [10, 60, 300, 1800, 7200]
export const pushTries = pauses.length + 1
export const pauseBeforePush = (attempts: number): number => pauses[attempts - 1] ?? 7200

const told = (outcome: string): void =>
  count('kith_pushes_total', 'Push messages to apps, by outcome', { outcome })

/**
 * Sends one push message, encrypted for one app. Messages that are two days old, or that nobody wants any more, are not
 * sent; a service that does not know the subscription ends it; throws Retry while it may still work (PUSH-08).
 */
export async function sendPush(ctx: Ctx, owed: OwedRow): Promise<void> {
  const { subscriptionId, notificationId } = owed.payload as OwedPush
  const subscription = await wantedOf(subscriptionId)
  if (!subscription || (await isOld(owed))) return told('dropped')
  const token = tokenOf(subscription)
  if (!token) return end(subscription)
  const content = await composePush(ctx, { accountId: subscription.accountId, notificationId })
  if (!content) return told('dropped')
  const { contactEmail } = await readSettings(ctx)
  const subject = `mailto:${contactEmail ?? `webmaster@${instance.domain}`}`
  const payload = JSON.stringify({ access_token: token, ...content })
  const unsubscribeUrl = returnUrl(subscription.id)
  try {
    await judge(subscription, owed, await postPush(subscription, payload, { subject, unsubscribeUrl }))
  } catch (error) {
    if (!(error instanceof FetchFailed)) throw error
    if (['url', 'refused'].includes(error.problem)) return end(subscription)
    retry(owed, error.message)
  }
}

const wantedOf = async (id: number): Promise<PushSubscription | undefined> => {
  const found = await PushSubscription.findByPk(id)
  if (!found) return undefined
  // Whoever is locked out hears nothing more, by this way neither (CVE-2025-62175).
  const living = await livingTokens({}, [found.tokenId])
  return living.has(found.tokenId) ? found : undefined
}

async function isOld({ payload }: OwedRow): Promise<boolean> {
  const since = new Date(now().getTime() - HOURS_48)
  const { notificationId } = payload as OwedPush
  return !(await row({}, 'SELECT 1 FROM notifications WHERE id = $1 AND created_at > $2', [
    notificationId,
    since,
  ]))
}

// What was sealed with a secret that is lost opens no more; the keys of push services are lost with it (PUSH-10).
function tokenOf({ sealedToken }: PushSubscription): string | undefined {
  try {
    return unseal(PURPOSE, sealedToken)
  } catch {
    return undefined
  }
}

async function end(subscription: PushSubscription): Promise<void> {
  told('refused')
  await subscription.destroy()
}

async function judge(
  subscription: PushSubscription,
  owed: OwedRow,
  { status, retryAfter }: { status: number; retryAfter: number | undefined },
): Promise<void> {
  if (status >= 200 && status < 300) return told('delivered')
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return end(subscription)
  retry(owed, `the push service answered ${status}`, retryAfter)
}

// After the last try there is nothing to keep: the notification is in the list.
function retry({ attempts }: OwedRow, reason: string, seconds?: number): void {
  if (attempts >= pushTries) return told('given up')
  told('failed')
  throw new Retry(reason, seconds ? { seconds } : {})
}
