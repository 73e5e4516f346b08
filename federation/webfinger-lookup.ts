import { parseHandle } from '#core/accounts/parse-handle'
import { Invalid } from '#platform/errors'
import type { HttpClient } from '#platform/http-client'
import { FetchFailed } from '#platform/http-errors'
import { assertHandleDomain } from './handle-domain.ts'
import type { Flights } from './shared-flights.ts'
import { isActivityType, mediaTypeOf } from './media-types.ts'
import { type Json, objectsOf } from './properties.ts'
import { readJson } from './read-json.ts'
import { checkRemoteUrl } from './remote-url.ts'
import { isSameId } from './same-id.ts'

export type RemoteHandle = { username: string; domain: string }

/** An actor id and the handle that leads to it, as the domain of the handle itself says. */
export type FoundActor = { id: string; handle: RemoteHandle }

/** What an actor says about itself. */
type Claims = { [name: string]: unknown }

export type WebFinger = {
  /**
   * The actor of a handle. An answer that speaks of another domain counts only when that domain says the same (rule
   * 80). Throws Invalid for domains that cannot exist and answers that cannot be read, else FetchFailed.
   */
  lookUpHandle(handle: RemoteHandle): Promise<FoundActor>
  /**
   * The handle that an actor may be shown with: the one it names, or its preferredUsername at its host, if the domain
   * leads back to its id (rules 79, 81), now or with `recent` some seconds ago. Undefined when none does.
   */
  confirmHandle(actor: Claims, freshness?: Freshness): Promise<RemoteHandle | undefined>
}

export type WebFingerMeans = {
  client: Pick<HttpClient, 'request' | 'reach'>
  localHosts: readonly string[]
  /** Is this domain never asked, by a rule of the admins? */
  isBarred?: (domain: string) => Promise<boolean>
  /** Is told of each domain before it is asked. */
  onAsk?: (domain: string) => Promise<void>
  /** Lets one process of this instance ask for all. */
  flights?: Flights
}

type Freshness = { recent?: boolean }

type Answer = { id: string; subject: RemoteHandle }

/** WebFinger as this instance asks it: never signed, JSON only, within 10 s (wire.md 4.1). */
export function createWebFinger(means: WebFingerMeans): WebFinger {
  const lookUpHandle = async (handle: RemoteHandle, freshness?: Freshness): Promise<FoundActor> => {
    const { id, subject } = await finger(handle, means, freshness)
    if (subject.domain === handle.domain) return { id, handle: subject }
    const confirmed = await finger(subject, means, freshness)
    if (confirmed.id !== id || confirmed.subject.domain !== subject.domain) {
      throw new FetchFailed('document', id, `${subject.domain} does not confirm the handle`)
    }
    return { id, handle: confirmed.subject }
  }
  const confirmHandle = async (actor: Claims, freshness?: Freshness) => {
    for (const candidate of candidates(actor)) {
      try {
        const found = await lookUpHandle(candidate, freshness)
        if (isSameId(found.id, actor['id'])) return found.handle
      } catch (error) {
        if (!(error instanceof FetchFailed || error instanceof Invalid)) throw error
        if (error instanceof FetchFailed && error.problem === 'busy') throw error
      }
    }
    return undefined
  }
  return { lookUpHandle: (handle) => lookUpHandle(handle), confirmHandle }
}

function candidates({ id, webfinger, preferredUsername }: Claims): RemoteHandle[] {
  const host = typeof id === 'string' ? URL.parse(id)?.host : undefined
  const named = typeof preferredUsername === 'string' && host ? `${preferredUsername}@${host}` : undefined
  return [webfinger, named].flatMap((each) => remoteHandle(each) ?? [])
}

function remoteHandle(text: unknown): RemoteHandle | undefined {
  const handle = typeof text === 'string' && text.length <= 512 ? parseHandle(text) : undefined
  return handle && handle.domain !== null ? { username: handle.username, domain: handle.domain } : undefined
}

async function finger(handle: RemoteHandle, means: WebFingerMeans, freshness?: Freshness): Promise<Answer> {
  const { username, domain } = handle
  assertHandleDomain(domain, means.client.reach)
  if (await means.isBarred?.(domain)) throw new FetchFailed('refused', domain, 'a rule here bars this domain')
  const account = `acct:${username}@${domain}`
  const ask = () => askDomain(domain, encodeURIComponent(account), means)
  const answer = means.flights ? await means.flights.share(`finger ${account}`, ask, freshness) : await ask()
  const subject = answer['subject'] === undefined ? handle : remoteHandle(answer['subject'])
  if (!subject) throw new FetchFailed('document', domain, 'the subject is no handle of another server')
  return { id: selfLink(answer, domain, means), subject }
}

// Plain HTTP is for servers on one machine or in one private network, which have no certificates.
async function askDomain(domain: string, resource: string, means: WebFingerMeans): Promise<Json> {
  await means.onAsk?.(domain)
  const ask = (scheme: string) =>
    askAt(`${scheme}://${domain}/.well-known/webfinger?resource=${resource}`, means)
  const { allowPrivate } = means.client.reach
  if (allowPrivate && /^(localhost|127\.[\d.]+)(:\d+)?$/.test(domain)) return ask('http')
  try {
    return await ask('https')
  } catch (error) {
    const isUnreachable = error instanceof FetchFailed && ['tls', 'connection'].includes(error.problem)
    if (allowPrivate && isUnreachable) return ask('http')
    throw error
  }
}

async function askAt(url: string, { client, localHosts }: WebFingerMeans): Promise<Json> {
  const answer = await client.request({
    url: checkRemoteUrl(url, client.reach, localHosts),
    accept: 'application/jrd+json, application/json',
    deadlineMs: 10_000,
  })
  if (answer.status !== 200)
    throw new FetchFailed('status', url, `status ${answer.status}`, { status: answer.status })
  const type = mediaTypeOf(answer.headers['content-type'])
  if (type !== 'application/json' && !type.endsWith('+json')) throw new FetchFailed('type', url, 'not JSON')
  return readJson(answer.body)
}

// The first link to an ActivityPub document; one that may not be fetched makes the whole answer worthless.
function selfLink({ links }: Json, domain: string, { client, localHosts }: WebFingerMeans): string {
  for (const { rel, type, href } of Array.isArray(links) ? objectsOf(links.slice(0, 50)) : []) {
    if (rel !== 'self' || typeof type !== 'string' || !isActivityType(type) || typeof href !== 'string')
      continue
    checkRemoteUrl(href, client.reach, localHosts)
    return href
  }
  throw new FetchFailed('document', domain, 'no link to an actor')
}
