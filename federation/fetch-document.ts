import { Invalid } from '#platform/errors'
import type { HttpClient } from '#platform/http-client'
import { FetchFailed } from '#platform/http-errors'
import type { HttpAnswer, HttpHead } from '#platform/http-request'
import type { FetchMemory } from './fetch-memory.ts'
import { type Flights, patiently } from './shared-flights.ts'
import { findAlternate } from './find-alternate.ts'
import { isPlain } from './is-plain.ts'
import { activityAccept, isActivityType, mediaTypeOf } from './media-types.ts'
import { plainForm } from './plain-form.ts'
import type { Json } from './properties.ts'
import { readJson } from './read-json.ts'
import { checkRemoteUrl } from './remote-url.ts'
import { type SchemeMemory, doubleKnock } from './signatures/double-knock.ts'
import type { Challenge } from './signatures/parse-challenge.ts'
import type { UnsignedRequest } from './signatures/sign-request.ts'
import type { Scheme } from './signatures/signature.ts'

/** The headers that sign a request as the instance actor, or as whoever is needed to see the object (rule 113). */
export type Sign = (
  request: UnsignedRequest,
  scheme: Scheme,
  challenge?: Challenge,
) => Promise<Record<string, string>> | Record<string, string>

export type FetchMeans = {
  client: Pick<HttpClient, 'request' | 'reach'>
  sign: Sign
  schemes: SchemeMemory
  memory: FetchMemory
  /** Lets one process of this instance fetch for all. */
  flights?: Flights
  /** Hosts of this instance with their port, as they stand in ids. */
  localHosts: readonly string[]
  /** Is this host never asked, by a rule of the admins? */
  isBarred?: (host: string) => Promise<boolean>
  /** Is told the host of each request before it goes out. */
  onAsk?: (host: string) => Promise<void>
  /** For one document, knocking twice, redirects and an alternate included; 10 s when not given. */
  deadlineMs?: number
}

export type FetchOptions = {
  /** No redirect to another host, and no page in place of the document (federation rule 17). */
  sameHost?: boolean
  /** A collection may call itself application/json; nothing else may (wire.md 18.6). */
  isCollection?: boolean
  /** Ask even if the address failed a short while ago: somebody was heard who lives there. */
  anew?: boolean
  /** Somebody waits for it: ask again after seconds, not minutes. */
  soon?: boolean
  /** Nothing is known of it yet: what another process was given seconds ago is as good. */
  recent?: boolean
}

/** `url` is the address that the document came from in the end. */
export type FetchedDocument = { url: string; document: Json }
export type DocumentFetcher = (address: string | URL, options?: FetchOptions) => Promise<FetchedDocument>

/**
 * Fetches ActivityPub documents, signed, at most 1 MiB, of an ActivityPub type, following one alternate link of a page
 * (federation rules 28, 60, 88 to 96); gives them in the names that Kith reads. Who asks for an address that is being fetched, by
 * whichever process, shares the answer, or throws FetchFailed `busy` after five seconds. The id inside is for the caller
 * to judge. Throws FetchFailed.
 */
export function createDocumentFetcher(means: FetchMeans): DocumentFetcher {
  const underWay = new Map<string, Promise<FetchedDocument>>()
  return async (address, options = {}) => {
    const url = new URL(checkRemoteUrl(address, means.client.reach, means.localHosts).href)
    // A fragment names something inside the document (rule 83).
    url.hash = ''
    const key = `${url.href} ${options.sameHost ?? false} ${options.isCollection ?? false}`
    const other = underWay.get(key)
    if (other) return structuredClone(await patiently(url.href, other))
    const running = shared(url, options, means).finally(() => underWay.delete(key))
    underWay.set(key, running)
    return structuredClone(await running)
  }
}

async function shared(url: URL, options: FetchOptions, means: FetchMeans): Promise<FetchedDocument> {
  const { sameHost = false, isCollection = false, recent = false } = options
  const bring = () => remembered(url, options, means)
  if (!means.flights) return bring()
  const { share, join } = means.flights
  const nameOf = (manner: string) => `${url.href} ${manner}`
  if (isCollection) return share(nameOf(`collection ${sameHost}`), bring, { recent })
  if (sameHost) return share(nameOf('strict'), bring, { recent })
  // What came without leaving its host is good for those who would have let it, too: the key and who has it stand in one document.
  const strict = await join<FetchedDocument>(nameOf('strict'), { recent })
  return strict ?? share(nameOf('lax'), bring, { recent })
}

async function remembered(url: URL, options: FetchOptions, means: FetchMeans): Promise<FetchedDocument> {
  if (!options.anew) await means.memory.check(url.href, options)
  try {
    return await fetchDocument(url, options, means)
  } catch (error) {
    if (error instanceof FetchFailed) await means.memory.failed(url.href, error)
    throw error
  }
}

async function fetchDocument(url: URL, options: FetchOptions, means: FetchMeans): Promise<FetchedDocument> {
  const ends = performance.now() + (means.deadlineMs ?? 10_000)
  const answer = await ask(url, { ...options, ends }, means)
  if (!isPage(answer)) return read(answer)
  const alternate = findAlternate(answer)
  if (alternate === undefined)
    throw new FetchFailed('type', answer.url, 'a page without an ActivityPub version')
  const next = checkRemoteUrl(alternate, means.client.reach, means.localHosts)
  const other = await ask(next, { ...options, ends }, means)
  if (isPage(other)) throw new FetchFailed('type', other.url, 'a page that leads to a page')
  return read(other)
}

async function read({ url, body }: HttpAnswer): Promise<FetchedDocument> {
  try {
    const document = readJson(body)
    return { url, document: isPlain(document) ? document : await plainForm(document) }
  } catch (cause) {
    if (!(cause instanceof Invalid)) throw cause
    throw new FetchFailed('document', url, cause.message, { cause })
  }
}

type Asking = FetchOptions & { ends: number }

async function ask(
  url: URL,
  { ends, sameHost = false, isCollection = false }: Asking,
  means: FetchMeans,
): Promise<HttpAnswer> {
  const { client, sign, schemes, localHosts, isBarred, onAsk } = means
  const onHead = (head: HttpHead) => {
    if (head.status < 200 || head.status > 299) return
    const type = head.headers['content-type']
    const isAccepted = isActivityType(type) || (isCollection && mediaTypeOf(type) === 'application/json')
    if (!isAccepted && (sameHost || !isPage(head)))
      throw new FetchFailed('type', head.url, 'not an ActivityPub type')
  }
  const knock = (scheme: Scheme, challenge?: Challenge) =>
    client.request({
      url,
      accept: activityAccept,
      sameHost,
      deadlineMs: Math.max(1, ends - performance.now()),
      onHead,
      // Runs for every redirect: one that leads back here must not come in as a fetch of our own, nor one to where nobody may go.
      sign: async (outgoing) => {
        const { host } = checkRemoteUrl(outgoing.url, client.reach, localHosts)
        if (await isBarred?.(host)) throw new FetchFailed('refused', url.href, `a rule here bars ${host}`)
        await onAsk?.(host)
        return sign(outgoing, scheme, challenge)
      },
    })
  const answer = await doubleKnock(url.host, knock, schemes)
  if (answer.status >= 200 && answer.status <= 299) return answer
  throw new FetchFailed('status', answer.url, `status ${answer.status}`, { status: answer.status })
}

const isPage = ({ headers }: HttpHead) =>
  ['text/html', 'application/xhtml+xml'].includes(mediaTypeOf(headers['content-type']))
