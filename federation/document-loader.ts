import { FetchFailed } from '#platform/http-errors'
import type { DocumentFetcher, FetchedDocument, FetchOptions } from './fetch-document.ts'
import { isSameId } from './same-id.ts'

type Urgency = Pick<FetchOptions, 'soon' | 'anew' | 'recent'>

/** The document at an address, proven to be what its id says. Throws FetchFailed. */
export type LoadDocument = (address: string | URL, urgency?: Urgency) => Promise<FetchedDocument>

/**
 * Loads objects and actors: a document is taken as what its id says only if it came from that id; else the id is
 * fetched once and must then give itself on its own host (federation rules 53 to 60, threat control F6).
 */
export const createDocumentLoader =
  (fetchDocument: DocumentFetcher): LoadDocument =>
  async (address, urgency = {}) => {
    const first = await fetchDocument(address, urgency)
    const id = idOf(first)
    if (isSameId(id, first.url)) return first
    const second = await fetchDocument(id, { ...urgency, sameHost: true })
    if (isSameId(idOf(second), id)) return second
    throw new FetchFailed('document', second.url, 'the document at the id has another id')
  }

/**
 * Loads a collection or one page of it: what it says is about its own host only, so that a missing id is no harm. Which
 * owner it belongs to is for the caller to compare (rules 104, 105).
 */
export const createCollectionLoader =
  (fetchDocument: DocumentFetcher): LoadDocument =>
  async (address, urgency = {}) => {
    const found = await fetchDocument(address, { ...urgency, sameHost: true, isCollection: true })
    const { type, id } = found.document
    if (![type].flat().some((each) => typeof each === 'string' && collections.has(each))) {
      throw new FetchFailed('document', found.url, 'not a collection')
    }
    if (id !== undefined && id !== null && URL.parse(idOf(found))?.host !== new URL(found.url).host) {
      throw new FetchFailed('document', found.url, 'the collection claims to be of another host')
    }
    return found
  }

const collections = new Set(['Collection', 'CollectionPage', 'OrderedCollection', 'OrderedCollectionPage'])

// An id is one absolute address; what else stands there (nothing, a list, a relative path) makes no claim.
function idOf({ document, url }: FetchedDocument): string {
  const { id } = document
  if (typeof id === 'string' && URL.canParse(id)) return id
  throw new FetchFailed('document', url, 'the document has no id')
}
