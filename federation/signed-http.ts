import type { KeyObject } from 'node:crypto'
import { openKey } from '#core/accounts/account-keys'
import { instanceActor } from '#core/accounts/instance-actor'
import { accountUri } from '#core/addresses'
import { nowhere } from '#core/remote'
import { instance } from '#config/instance'
import { now } from '#platform/clock'
import { http } from '#platform/http'
import { type HttpAnswer, httpLimits } from '#platform/http-request'
import type { Sign } from './fetch-document.ts'
import { checkRemoteUrl } from './remote-url.ts'
import { schemes } from './schemes.ts'
import { doubleKnock } from './signatures/double-knock.ts'
import type { CheckAddress } from './signatures/fetch-key.ts'
import { signRequest, type SigningKey } from './signatures/sign-request.ts'

/** What is answered from the local store and never fetched (federation rule 85). */
export const localHosts = [instance.webHost]

/** Whether an address may be fetched by its looks, and is not our own (federation rules 85, 89). Throws FetchFailed. */
export const checkOutgoing: CheckAddress = (url) => checkRemoteUrl(url, http.reach, localHosts)

/** Who speaks: the id of a key and the key. */
export type Speaker = { keyId: string; privateKey: KeyObject }

/** The instance itself, in whose name everything is fetched (federation rules 28, 113). */
export async function ourselves(): Promise<SigningKey> {
  const account = await instanceActor({ actor: { kind: 'kith' }, remote: nowhere })
  return { keyId: `${accountUri(account)}#main-key`, privateKey: await openKey(account.id) }
}

/** Signs a request in the name of the instance. */
export const signAsInstance: Sign = async (request, scheme, challenge) =>
  signRequest(request, await ourselves(), { scheme, now: now(), ...(challenge ? { challenge } : {}) })

// What a server has to say to a delivery is short; of more only the beginning is read.
const ANSWER = 16_384

type PostOptions = { deadlineMs?: number; headers?: Record<string, string> }

/**
 * Posts an activity to an inbox, signed at this moment together with `headers`; to where a 307 or 308 of it leads when that is the same server; all
 * within `deadlineMs` (federation rules 180 to 182). Throws FetchFailed.
 */
export async function postSigned(
  url: string,
  body: Buffer,
  key: SigningKey,
  { deadlineMs = httpLimits.deadlineMs, headers = {} }: PostOptions = {},
): Promise<HttpAnswer> {
  const ends = performance.now() + deadlineMs
  const answer = await post(url, body, key, { ends, headers })
  const moved = [307, 308].includes(answer.status) ? URL.parse(String(answer.headers.location), url) : null
  return moved?.origin === new URL(url).origin ? post(moved.href, body, key, { ends, headers }) : answer
}

const post = (
  url: string,
  body: Buffer,
  key: SigningKey,
  { ends, headers }: { ends: number; headers: Record<string, string> },
): Promise<HttpAnswer> =>
  doubleKnock(
    checkOutgoing(url).host,
    (scheme, challenge) =>
      http.request({
        method: 'POST',
        url,
        headers: {
          'content-type': 'application/activity+json',
          accept: 'application/activity+json',
          ...headers,
        },
        body,
        maxBytes: ANSWER,
        isCut: true,
        deadlineMs: Math.max(1, ends - performance.now()),
        sign: (request) =>
          signRequest(request, key, { scheme, now: now(), ...(challenge ? { challenge } : {}) }),
      }),
    schemes,
  )
