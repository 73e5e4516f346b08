import type { DeliveryAnswer } from '#core/instances/record-answer'
import { pauseHost, recordEnd, recordFailure } from '#core/instances/record-contact'
import { rows } from '#platform/db'
import type { HttpAnswer } from '#platform/http-request'
import { FetchFailed } from '#platform/http-errors'
import { Permanent, Retry } from '#platform/outcomes'
import type { OwedRow } from '#platform/owed-work'
import { hearFrom } from './hear-from.ts'
import { fetchDocument } from './load-document.ts'

/** Tells of one try: the outcome, and what came with it. */
export type Tell = (
  outcome: DeliveryAnswer['outcome'],
  more?: { status?: number; detail?: string },
) => Promise<void>

type Case = { row: OwedRow; host: string; inbox: string; answer: HttpAnswer; tell: Tell }

// They may say so because something of theirs is out of order at the moment.
const doubtful = (status: number): boolean =>
  [400, 401, 403, 404].includes(status) || (status >= 300 && status < 400)
const RETRIES = 3

/**
 * What follows from an answer to a delivery: 2xx is done; 408, 425, 429 and 5xx are tried again; so are 400, 401, 403,
 * 404 and redirects, three times; everything else is final. Throws Retry and Permanent.
 */
export async function judgeAnswer({ row, host, inbox, answer, tell }: Case): Promise<void> {
  const { status, headers } = answer
  const asked = status === 429 || status === 503 ? secondsIn(headers['retry-after']) : undefined
  const more = { status, detail: wordsOf(answer) }
  if (asked !== undefined || status === 429) {
    await tell('failed', more)
    if (asked === undefined) throw new Retry(`${host} answered 429`)
    await pauseHost(host, asked)
    throw new Retry(`${host} asks for patience`, { seconds: asked * 1.25, isCounted: false })
  }
  if (status >= 500 || status === 408 || status === 425) {
    await recordFailure(host, `status ${status}`)
    await tell('failed', more)
    throw new Retry(`${host} answered ${status}`)
  }
  if (status >= 200 && status < 300) {
    await Promise.all([hearFrom(host), tell('delivered', more)])
    return
  }
  await hearFrom(host)
  if (doubtful(status) && row.attempts <= RETRIES) {
    await tell('failed', more)
    throw new Retry(`${host} answered ${status}`)
  }
  await tell('refused', more)
  if (status === 410) await forgetInbox(inbox, host)
  throw new Permanent(`${host} answered ${status}`)
}

// Seconds, or a date; at least ten seconds and at most a day (federation rule 174).
function secondsIn(header: string | string[] | undefined): number | undefined {
  const text = Array.isArray(header) ? header[0] : header
  if (!text) return undefined
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 10), 86_400) : undefined
}

/** What they said, in one line. */
const wordsOf = ({ body }: HttpAnswer): string =>
  body
    .subarray(0, 800)
    .toString()
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 200)

/**
 * An inbox that answers 410 is gone: its accounts get nothing there until they are fetched anew (federation rule 172). When the
 * actor of the server is gone too, all of it is.
 */
async function forgetInbox(inbox: string, host: string): Promise<void> {
  const forgotten = await rows<{ wasShared: boolean }>(
    {},
    `UPDATE accounts SET shared_inbox_url = nullif(shared_inbox_url, $1), inbox_url = nullif(inbox_url, $1), fetched_at = NULL
     WHERE inbox_url = $1 OR shared_inbox_url = $1 RETURNING shared_inbox_url IS NULL AND inbox_url IS NOT NULL AS "wasShared"`,
    [inbox],
  )
  if (forgotten.some(({ wasShared }) => wasShared) && (await isGone(new URL('/actor', inbox))))
    await recordEnd(host)
}

async function isGone(actor: URL): Promise<boolean> {
  try {
    await fetchDocument(actor, { anew: true })
    return false
  } catch (error) {
    if (!(error instanceof FetchFailed)) throw error
    return error.status === 404 || error.status === 410
  }
}
