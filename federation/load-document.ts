import { http } from '#platform/http'
import { createCollectionLoader, createDocumentLoader } from './document-loader.ts'
import { createDocumentFetcher } from './fetch-document.ts'
import { createFetchMemory } from './fetch-memory.ts'
import { schemes } from './schemes.ts'
import { sharedMarks } from './shared-marks.ts'
import { localHosts, signAsInstance } from './signed-http.ts'

export type { FetchedDocument as LoadedDocument } from './fetch-document.ts'

/** Fetches a document in the name of the instance; its id is for the caller to judge. Throws FetchFailed. */
export const fetchDocument = createDocumentFetcher({
  client: http,
  sign: signAsInstance,
  schemes,
  memory: createFetchMemory(sharedMarks),
  localHosts,
})

/** An object or actor, as its own id gives it (federation rules 53 to 60). Throws FetchFailed. */
export const loadDocument = createDocumentLoader(fetchDocument)

/** A collection or one page of one (rules 104, 105). Throws FetchFailed. */
export const loadCollection = createCollectionLoader(fetchDocument)
