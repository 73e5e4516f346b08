import { accountUri } from '#core/addresses'
import { Account } from '#core/accounts/account.model'
import { openKey } from '#core/accounts/account-keys'
import { hostState, pauseHost, recordFailure } from '#core/instances/record-contact'
import { rows, row as firstRow } from '#platform/db'
import { FetchFailed } from '#platform/http-errors'
import type { Id } from '#platform/ids'
import { count } from '#platform/metrics'
import { Permanent, Retry } from '#platform/outcomes'
import type { OwedRow } from '#platform/owed-work'
import type { Delivery } from './deliveries.ts'
import { hearFrom } from './hear-from.ts'
import { hostOf } from './properties.ts'
import { postSigned } from './signed-http.ts'

const told = (outcome: string): void =>
  count('kith_deliveries_total', 'Deliveries to other servers, by outcome', { outcome })

/** Seconds between tries: about 1, 5, 15, 60 minutes, 3, 6, 12 hours, then days (federation rule 171). */
const pauses = [60, 300, 900, 3600, 10_800, 21_600, 43_200, 86_400, 86_400, 86_400]
export const deliveryTries = pauses.length + 1
export const pauseBeforeDelivery = (attempts: number): number => pauses[attempts - 1] ?? 86_400

type Letter = { senderId: Id; body: string; isStale: boolean }

// What is about a post that was deleted meanwhile does not go out any more (federation rule 179).
const letterOf = (activityId: Id): Promise<Letter | undefined> =>
  firstRow<Letter>(
    {},
    `SELECT o.sender_id AS "senderId", o.body,
       o.post_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM posts WHERE id = o.post_id) AS "isStale"
     FROM outgoing_activities AS o WHERE o.id = $1`,
    [activityId],
  )

/**
 * Sends one activity to one inbox, signed at this moment by its sender (federation rules 172 to 183). Throws Retry
 * with the pause that the host asked for, and Permanent for what it will never take.
 */
export async function sendDelivery(row: OwedRow): Promise<void> {
  const { activityId, inbox } = row.payload as Delivery
  const host = hostOf(inbox) ?? ''
  const [letter, state] = await Promise.all([letterOf(activityId), hostState(host)])
  if (!letter || letter.isStale || state.isUnavailable) return told('dropped')
  if (state.pausedFor > 0) throw new Retry(`${host} is left alone for a while`, { seconds: state.pausedFor })
  const sender = await Account.findByPk(letter.senderId)
  const key = sender && (await openKey(sender.id))
  if (!sender || !key) return told('dropped')
  const signer = { keyId: `${accountUri(sender)}#main-key`, privateKey: key }
  await judge(host, inbox, await attempt(host, () => postSigned(inbox, letter.body, signer)))
}

type Response = { status: number; headers: Record<string, string | string[] | undefined> }

async function attempt(host: string, post: () => Promise<Response>): Promise<Response> {
  try {
    return await post()
  } catch (error) {
    if (!(error instanceof FetchFailed) || error.problem === 'busy') throw error
    await recordFailure(host)
    told('failed')
    throw new Retry(error.message, { cause: error })
  }
}

async function judge(host: string, inbox: string, { status, headers }: Response): Promise<void> {
  if (status === 429 || status === 503) return holdBack(host, headers['retry-after'])
  if (status >= 500 || status === 408 || status === 425) {
    await recordFailure(host)
    told('failed')
    throw new Retry(`${host} answered ${status}`)
  }
  await hearFrom(host)
  if (status >= 200 && status < 300) return told('delivered')
  told('refused')
  if (status === 410) await forgetInbox(inbox)
  throw new Permanent(`${host} answered ${status}`)
}

async function holdBack(host: string, retryAfter: string | string[] | undefined): Promise<never> {
  const asked = Number(Array.isArray(retryAfter) ? retryAfter[0] : retryAfter)
  if (asked > 0) await pauseHost(host, asked)
  told('held back')
  throw new Retry(`${host} asks for patience`, asked > 0 ? { seconds: Math.min(asked, 86_400) } : {})
}

/** An inbox that answers 410 is gone: its accounts get nothing there until they are fetched anew (federation rule 172). */
const forgetInbox = async (inbox: string): Promise<void> => {
  await rows(
    {},
    `UPDATE accounts SET shared_inbox_url = nullif(shared_inbox_url, $1), inbox_url = nullif(inbox_url, $1), fetched_at = NULL
     WHERE inbox_url = $1 OR shared_inbox_url = $1`,
    [inbox],
  )
}
