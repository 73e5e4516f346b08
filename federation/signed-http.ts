import type { KeyObject } from 'node:crypto'
import { openKey } from '#core/accounts/account-keys'
import { instanceActor } from '#core/accounts/instance-actor'
import { accountUri } from '#core/addresses'
import { nowhere } from '#core/remote'
import { instance } from '#config/instance'
import { checkUrl } from '#platform/addresses'
import { now } from '#platform/clock'
import { createHttpClient } from '#platform/http-client'
import type { HttpAnswer, HttpHead } from '#platform/http-request'
import { schemes } from './schemes.ts'
import { doubleKnock } from './signatures/double-knock.ts'
import type { CheckAddress } from './signatures/fetch-key.ts'
import { signRequest, type SigningKey } from './signatures/sign-request.ts'
import { version } from './version.ts'

/** How this instance speaks to other servers. */
const client = createHttpClient({
  userAgent: `Kith/${version} (+${instance.origin}/)`,
  allowPrivate: instance.allowPrivateAddresses,
})

/** Whether an address may be fetched by its looks, and is not our own (federation rules 85, 89). Throws FetchFailed. */
export const checkOutgoing: CheckAddress = (url) => checkUrl(url, client.reach)

/** Who speaks: the id of a key and the key. */
export type Speaker = { keyId: string; privateKey: KeyObject }

/** The instance itself, in whose name everything is fetched (federation rules 28, 113). */
export async function ourselves(): Promise<SigningKey> {
  const account = await instanceActor({ actor: { kind: 'kith' }, remote: nowhere })
  return { keyId: `${accountUri(account)}#main-key`, privateKey: await openKey(account.id) }
}

/** Fetches an address in the name of the instance; redirects are signed anew for their own host. Throws FetchFailed. */
export async function getSigned(
  url: string,
  accept: string,
  onHead?: (head: HttpHead) => void,
): Promise<HttpAnswer> {
  const key = await ourselves()
  return doubleKnock(
    checkOutgoing(url).host,
    (scheme, challenge) =>
      client.request({
        method: 'GET',
        url,
        headers: { accept },
        ...(onHead ? { onHead } : {}),
        sign: (request) =>
          signRequest(request, key, { scheme, now: now(), ...(challenge ? { challenge } : {}) }),
      }),
    schemes,
  )
}

/** Posts an activity to an inbox, signed at this moment (federation rules 180 to 182). Throws FetchFailed. */
export const postSigned = (url: string, body: string, key: SigningKey): Promise<HttpAnswer> =>
  doubleKnock(
    checkOutgoing(url).host,
    (scheme, challenge) =>
      client.request({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/activity+json', accept: 'application/activity+json' },
        body: Buffer.from(body),
        sign: (request) =>
          signRequest(request, key, { scheme, now: now(), ...(challenge ? { challenge } : {}) }),
      }),
    schemes,
  )

/** Fetches an address without a signature: WebFinger and NodeInfo. Throws FetchFailed. */
export const getPlain = (url: string, accept: string): Promise<HttpAnswer> =>
  client.request({ method: 'GET', url, headers: { accept } })
