import { createPrivateKey, type KeyObject } from 'node:crypto'
import { instance } from '#config/instance'
import type { Account } from '#core/accounts/account.model'
import { accountUri } from '#core/addresses'
import type { Json } from '#federation/properties'
import type { RequestSnapshot } from '#federation/signatures/signature'
import { signRequest } from '#federation/signatures/sign-request'
import { type Receipt, takeActivity } from '#federation/take-activity'
import { now } from '#platform/clock'
import { stranger } from '#test/factories/account'
import { rsaPair } from './keys.ts'
import { settle } from './settle.ts'

/** An account of another server whose key we hold, so that it can speak for itself. */
export type RemoteActor = { account: Account; uri: string; keyId: string; privateKey: KeyObject }

/** Makes one; its account is stored here with the public key, as after its first activity. */
export async function remoteActor(
  username: string,
  domain = 'remote.example',
  more: Partial<Account> = {},
): Promise<RemoteActor> {
  const { publicKey, privateKey } = rsaPair()
  const keyId = `https://${domain}/users/${username}#main-key`
  const account = await stranger(username, domain, { publicKeyId: keyId, publicKeyPem: publicKey, ...more })
  return { account, uri: accountUri(account), keyId, privateKey: createPrivateKey(privateKey) }
}

let count = 0

/** An activity of this actor with an id of its own and the public audience. */
export const activityOf = (actor: RemoteActor, type: string, object: unknown, more: Json = {}): Json => ({
  '@context': 'https://www.w3.org/ns/activitystreams',
  id: `${actor.uri}/activities/${(count += 1)}`,
  type,
  actor: actor.uri,
  to: ['https://www.w3.org/ns/activitystreams#Public'],
  cc: [],
  object,
  ...more,
})

/** A Note by this actor. */
export const noteOf = (actor: RemoteActor, name: string, more: Json = {}): Json => ({
  id: `${actor.uri}/notes/${name}`,
  type: 'Note',
  attributedTo: actor.uri,
  content: `<p>${name}</p>`,
  published: now().toISOString(),
  to: ['https://www.w3.org/ns/activitystreams#Public'],
  cc: [`${actor.uri}/followers`],
  ...more,
})

/** A request to an inbox of ours, signed by this actor together with `more` headers. */
export function signedPost(
  actor: RemoteActor,
  activity: Json | string,
  path = '/inbox',
  more: Record<string, string> = {},
) {
  const body = Buffer.from(typeof activity === 'string' ? activity : JSON.stringify(activity))
  const url = new URL(path, instance.origin)
  const headers: Record<string, string> = {
    'content-type': 'application/activity+json',
    accept: '*/*',
    ...more,
  }
  const signed = signRequest({ method: 'POST', url, headers, body }, actor, { scheme: 'cavage', now: now() })
  return {
    method: 'POST',
    url: url.href,
    headers: { host: url.host, ...headers, ...signed },
    rawBody: body,
    now: now(),
  }
}

/** A request for a document of ours, signed by this actor. */
export function signedGet(actor: RemoteActor, path: string): RequestSnapshot {
  const url = new URL(path, instance.origin)
  const headers = { accept: 'application/activity+json' }
  const signed = signRequest({ method: 'GET', url, headers }, actor, { scheme: 'cavage', now: now() })
  return {
    method: 'GET',
    url: url.href,
    headers: { host: url.host, ...headers, ...signed },
    rawBody: Buffer.alloc(0),
    now: now(),
  }
}

/** Posts an activity to the shared inbox, and does everything that follows from it. */
export async function tell(actor: RemoteActor, activity: Json): Promise<Receipt> {
  const receipt = await takeActivity(signedPost(actor, activity))
  await settle()
  return receipt
}
