import webPush from 'web-push'
import { checkUrl } from './addresses.ts'
import { FetchFailed } from './http-errors.ts'
import type { HttpHead, HttpRequest } from './http-request.ts'
import { http } from './http.ts'
import { vapidKeys } from './vapid.ts'

/** Where an app is woken and how messages to it are encrypted; keys in base64url. */
export type PushTarget = { endpoint: string; p256dh: string; auth: string; isStandard: boolean }

const DAYS_2 = 172_800
const PATIENCE = 10_000
const BYTES = 65_536
const LONGEST_PAUSE = 7200

/** May a push service be at this address? What it leads to is checked anew at every message. */
export function isReachable(endpoint: string): boolean {
  try {
    checkUrl(endpoint, http.reach)
    return true
  } catch (error) {
    if (error instanceof FetchFailed) return false
    throw error
  }
}

/**
 * Posts an encrypted message to a push service, as RFC 8291 and 8292 say, or as their drafts did (PUSH-04 to PUSH-06).
 * Gives the status and for how many seconds the service wants to be left alone. Throws FetchFailed.
 */
export async function postPush(
  { endpoint, p256dh, auth, isStandard }: PushTarget,
  payload: string,
  { subject, unsubscribeUrl }: { subject: string; unsubscribeUrl: string },
): Promise<{ status: number; retryAfter: number | undefined }> {
  const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
    TTL: DAYS_2,
    urgency: 'normal',
    contentEncoding: isStandard ? 'aes128gcm' : 'aesgcm',
    vapidDetails: { subject, ...vapidKeys() },
    headers: { 'Unsubscribe-URL': unsubscribeUrl },
  })
  const { 'Content-Length': _length, ...rest } = headers as Record<string, string | number>
  let head: HttpHead | undefined
  const request: HttpRequest = {
    url: endpoint,
    method: 'POST',
    headers: Object.fromEntries(
      Object.entries(rest).map(([name, value]) => [name.toLowerCase(), String(value)]),
    ),
    body: body as Buffer,
    maxBytes: BYTES,
    deadlineMs: PATIENCE,
    onHead: (seen) => (head = seen),
  }
  // What was taken is taken, whatever is wrong with the rest of the answer: sent again, it would wake somebody twice.
  const answer = await http.request(request).catch((error: unknown) => {
    if (head) return head
    throw error
  })
  const asked = Number(answer.headers['retry-after'])
  return { status: answer.status, retryAfter: asked > 0 ? Math.min(asked, LONGEST_PAUSE) : undefined }
}
