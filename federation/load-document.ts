import { isBarredDomain } from '#core/instances/instance.policy'
import { http } from '#platform/http'
import { FetchFailed } from '#platform/http-errors'
import { createCollectionLoader, createDocumentLoader } from './document-loader.ts'
import { createDocumentFetcher } from './fetch-document.ts'
import { countFetch } from './first-contacts.ts'
import { createFetchMemory } from './fetch-memory.ts'
import { schemes } from './schemes.ts'
import { flights } from './shared-flights.ts'
import { sharedMarks } from './shared-marks.ts'
import { localHosts, signAsInstance } from './signed-http.ts'

export type { FetchedDocument as LoadedDocument } from './fetch-document.ts'

const memory = createFetchMemory(sharedMarks)

/** Fetches a document in the name of the instance; its id is for the caller to judge. Throws FetchFailed. */
export const fetchDocument = createDocumentFetcher({
  client: http,
  sign: signAsInstance,
  schemes,
  memory,
  flights,
  localHosts,
  isBarred: isBarredDomain,
  onAsk: countFetch,
})

/** Was 410 the last answer of this address, which is therefore left alone? Nothing is fetched. */
export async function isKnownGone(address: string): Promise<boolean> {
  try {
    await memory.check(address)
    return false
  } catch (error) {
    if (!(error instanceof FetchFailed)) throw error
    return error.status === 410
  }
}

/** An object or actor, as its own id gives it (federation rules 53 to 60). Throws FetchFailed. */
export const loadDocument = createDocumentLoader(fetchDocument)

/** A collection or one page of one (rules 104, 105). Throws FetchFailed. */
export const loadCollection = createCollectionLoader(fetchDocument)
