import { createFederation, MemoryKvStore } from '@fedify/fedify'
import { Activity, Person } from '@fedify/vocab'
import { instance } from '#config/instance'
import { loadContext } from '#federation/contexts'
import type { Json } from '#federation/properties'
import type { RequestSnapshot } from '#federation/signatures/signature'

/** What Fedify answered, and the activity that its listener got, expanded from what it had read. */
export type FedifyVerdict = { status: number; read?: Json; error?: string }

const AS = 'https://www.w3.org/ns/activitystreams'

/** The document at an address elsewhere, as the world of the test has it. */
export type Answer = (address: string) => Json | undefined

// Of an actor nothing but what the check of a signature asks for.
const keyOnly = ({ id, inbox, publicKey }: Json): Json => ({
  '@context': [AS, 'https://w3id.org/security/v1'],
  id,
  type: 'Person',
  inbox,
  publicKey,
})

/**
 * The inbox of a plain Fedify as it comes, with the contexts that ship with Kith, in a world of documents: its own checks, its
 * own parse, one listener for everything.
 */
export function fedifyLane(answer: Answer): (request: RequestSnapshot) => Promise<FedifyVerdict> {
  const heard: Activity[] = []
  let complaint: string | undefined
  const documentLoader = async (address: string) => {
    const found = answer(address)
    if (!found) throw new Error(`nothing at ${address}`)
    return { contextUrl: null, documentUrl: address, document: found.publicKey ? keyOnly(found) : found }
  }
  const federation = createFederation<void>({
    kv: new MemoryKvStore(),
    documentLoaderFactory: () => documentLoader,
    authenticatedDocumentLoaderFactory: () => documentLoader,
    contextLoaderFactory: () => loadContext,
    origin: instance.origin,
  })
  federation.setActorDispatcher(
    '/users/{identifier}',
    (ctx, identifier) => new Person({ id: ctx.getActorUri(identifier) }),
  )
  federation
    .setInboxListeners('/users/{identifier}/inbox', '/inbox')
    .on(Activity, (_ctx, activity) => void heard.push(activity))
    .onError((_ctx, error) => void (complaint = error.message))
    .withIdempotency(() => Promise.resolve(null))
  return async ({ method, url, headers, rawBody }) => {
    heard.length = 0
    complaint = undefined
    const lines = Object.entries(headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((line): [string, string] => [name, line]),
    )
    const request = new Request(url, { method, headers: lines, body: new Uint8Array(rawBody) })
    try {
      const { status } = await federation.fetch(request, { contextData: undefined })
      const [activity] = heard
      if (!activity) return { status, ...(complaint === undefined ? {} : { error: complaint }) }
      const read = await activity.toJsonLd({ format: 'expand', contextLoader: loadContext })
      return { status, read: ([read].flat()[0] ?? {}) as Json }
    } catch (error) {
      // What its parser throws is a refusal that nobody worded.
      if (!Error.isError(error)) throw error
      return { status: 500, error: error.message }
    }
  }
}
