import { accountUri } from '#core/addresses'
import { openKey } from '#core/accounts/account-keys'
import { claimProbe, hostState } from '#core/instances/host-state'
import { type DeliveryAnswer, recordAnswer } from '#core/instances/record-answer'
import { recordFailure } from '#core/instances/record-contact'
import { stagger } from '#platform/hasten'
import type { HttpAnswer } from '#platform/http-request'
import { FetchFailed } from '#platform/http-errors'
import { count } from '#platform/metrics'
import { Permanent, Retry } from '#platform/outcomes'
import type { OwedRow } from '#platform/owed-work'
import type { Delivery } from './deliveries.ts'
import { digestHeader } from './followers-digest.ts'
import { takeTurn } from './host-turns.ts'
import { judgeAnswer, type Tell } from './judge-answer.ts'
import { isLasting } from './lasting.ts'
import { type Letter, letterOf } from './letters.ts'
import { hostOf } from './properties.ts'
import { postSigned } from './signed-http.ts'

const DAY = 86_400
const hours = (count: number): number => count * 3600

/** Seconds between tries: 1, 5, 20 minutes, 1, 3, 8, 24 hours, then days (R-040, federation rule 171). */
const pauses = [60, 300, 1200, hours(1), hours(3), hours(8), DAY, DAY, DAY, DAY, DAY, DAY]
export const deliveryTries = pauses.length + 1
export const pauseBeforeDelivery = (attempts: number): number => pauses[attempts - 1] ?? DAY

/**
 * Sends one activity to one inbox, signed at this moment by its sender (federation rules 172 to 183, R-040 to R-049).
 * Throws Retry for what is worth another try, and Permanent for what is not.
 */
export async function sendDelivery(row: OwedRow): Promise<void> {
  const { activityId, inbox } = row.payload as Delivery
  const host = hostOf(inbox) ?? ''
  const [letter, state] = await Promise.all([letterOf({ activityId, host }), hostState(host)])
  if (!letter || letter.isStale) return told('dropped')
  const tell: Tell = (outcome, more = {}) => note(letter, { inbox, outcome, ...more })
  if (state.isBarred) return tell('dropped', { detail: `a rule here bars ${host}` })
  await assertInTime(row, letter, tell)
  if (state.isUnavailable) {
    if (!isLasting(letter.type)) return tell('dropped', { detail: `${host} has been away for days` })
    throw held(`${host} is not there; it is asked once a day`, DAY)
  }
  if (state.pausedFor > 0) throw held(`${host} is left alone for a while`, state.pausedFor)
  const signer = await signerOf(letter)
  if (!signer) return tell('dropped', { detail: 'the sender may not speak any more' })
  if (state.isOpen && !(await claimProbe(host))) throw held(`somebody tries whether ${host} is back`, 45)
  const headers = letter.isForFollowers ? digestHeader(letter.senderId, letter.digests?.[host]) : {}
  const answer = await inTurn(host, state.isRecovering ? 2 : undefined, () =>
    attempt(() => postSigned(inbox, letter.body, signer, { headers })),
  )
  if (answer instanceof FetchFailed) return fail(row, answer)
  await judgeAnswer({ row, host, inbox, answer, tell })

  async function fail({ attempts }: OwedRow, error: FetchFailed): Promise<void> {
    const detail = `${error.problem}: ${error.detail}`
    await recordFailure(host, detail)
    await tell('failed', { detail })
    // It may have been deleted while it was under way; its end must not wait behind it.
    if ((await letterOf({ activityId, host }))?.isStale ?? true) return
    throw new Retry(`${host}: ${detail}`, { seconds: pauseBeforeDelivery(attempts), cause: error })
  }
}

const told = (outcome: string): void =>
  count('kith_deliveries_total', 'Deliveries to other servers, by outcome', { outcome })

async function note(
  { postId, type }: Letter,
  answer: Omit<DeliveryAnswer, 'postId' | 'type'>,
): Promise<void> {
  told(answer.outcome)
  if (postId) await recordAnswer({ ...answer, postId, type: type ?? 'Activity' })
}

// Held, not tried: the host had no chance to take it. Jitter may take a fifth away, and nobody may come too early.
const held = (message: string, seconds: number): Retry => {
  told('held')
  return new Retry(message, { seconds: seconds * 1.25, isCounted: false })
}

// After a week it is given up, what must be known later after half a year.
async function assertInTime({ createdAt }: OwedRow, { type }: Letter, tell: Tell): Promise<void> {
  const days = isLasting(type) ? 180 : 7
  if (Date.now() - createdAt.getTime() <= days * DAY * 1000) return
  await tell('dropped', { detail: `given up after ${days} days` })
  throw new Permanent(`given up after ${days} days`)
}

// Whoever is suspended says nothing any more but that something is deleted or refused (federation rule 232, R-049).
async function signerOf({ senderId: id, uri, kind, isSilent, type }: Letter) {
  if (kind === null || (isSilent && !/^(Delete|Reject)$/.test(type ?? ''))) return undefined
  const key = await openKey(id)
  return key && { keyId: `${accountUri({ id, uri, kind })}#main-key`, privateKey: key }
}

async function inTurn<T>(host: string, most: number | undefined, ask: () => Promise<T>): Promise<T> {
  const turn = takeTurn(host, most === undefined ? {} : { most })
  if ('after' in turn) {
    if (turn.apart) await stagger('delivery', `${host} `, { after: turn.after, apart: turn.apart })
    throw held(`${host} has as many deliveries under way as it gets`, turn.after)
  }
  const began = performance.now()
  try {
    return await ask()
  } finally {
    turn.end(performance.now() - began)
  }
}

async function attempt(post: () => Promise<HttpAnswer>): Promise<HttpAnswer | FetchFailed> {
  try {
    return await post()
  } catch (error) {
    if (!(error instanceof FetchFailed) || error.problem === 'busy') throw error
    return error
  }
}
