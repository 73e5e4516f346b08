import { Client, errors } from '@elastic/elasticsearch'
import { stores } from '#config/stores'
import { Unavailable } from './errors.ts'

/** A document with its id. `version` keeps older ones from replacing newer ones. */
export type Indexed = { id: string; version: number; document: object }

/** What may be asked of the search server. Each throws Unavailable when it is away or overloaded. */
export type SearchClient = {
  /** Makes an index of this shape unless it is there; gives whether it was made. */
  ensure(index: string, shape: object): Promise<boolean>
  /** Writes many documents. What is there in a newer version stays. */
  write(index: string, documents: readonly Indexed[]): Promise<void>
  /** Takes documents away, for good: nothing older comes back. */
  remove(index: string, ids: readonly string[]): Promise<void>
  /** The ids of what fits, in the order asked for. */
  find(index: string, asked: object): Promise<string[]>
  /** Makes all that was written findable at once. */
  refresh(index: string): Promise<void>
  close(): Promise<void>
}

const PATIENCE = 5000
// Somebody waits for the answer, and PostgreSQL can give it, too.
const hasty = { requestTimeout: 2000, maxRetries: 0 }
const LAST = Number.MAX_SAFE_INTEGER
// Without a compatibility version, servers of release 7.17, 8 and 9 all understand.
const json = { accept: 'application/json', 'content-type': 'application/json' }
const lines = { headers: { ...json, 'content-type': 'application/x-ndjson' } }

let client: SearchClient | undefined

/** The search server that the operator named; undefined without one. */
export function searchClient(): SearchClient | undefined {
  if (stores.elasticsearch) client ??= createSearchClient(stores.elasticsearch)
  return client
}

/** A client of the server at an address. */
export function createSearchClient(node: string): SearchClient {
  const elastic = new Client({ node, headers: json, requestTimeout: PATIENCE, maxRetries: 1 })
  const bulk = async (index: string, operations: object[]): Promise<void> => {
    if (operations.length === 0) return
    const { items, errors: hasErrors } = await elastic.bulk({ index, operations, require_alias: true }, lines)
    const failed =
      hasErrors && items.flatMap(Object.values).find(({ error, status }) => error && status !== 409)
    if (!failed) return
    const said = `the search server refused a document: ${failed.error.reason}`
    // Whether it is overloaded, or will never take this one.
    throw failed.status >= 500 || failed.status === 429 ? new Unavailable(said) : new Error(said)
  }
  return {
    ensure: (index, shape) => guarded(() => ensure(elastic, index, shape)),
    write: (index, documents) =>
      guarded(() =>
        bulk(
          index,
          documents.flatMap(({ id, version, document }) => [
            { index: { _id: id, version, version_type: 'external_gte' } },
            document,
          ]),
        ),
      ),
    remove: (index, ids) =>
      guarded(() =>
        bulk(
          index,
          ids.map((_id) => ({ delete: { _id, version: LAST, version_type: 'external_gte' } })),
        ),
      ),
    find: (index, asked) =>
      guarded(async () => {
        const query = { index, _source: false, track_total_hits: false, ...asked }
        const { hits } = await elastic.search(query, hasty)
        return hits.hits.flatMap(({ _id }) => _id ?? [])
      }),
    refresh: (index) => guarded(async () => void (await elastic.indices.refresh({ index }))),
    close: () => elastic.close(),
  }
}

// The alias is what is written to: an index that was lost must not come back in a shape that the server guesses.
async function ensure(elastic: Client, alias: string, shape: object): Promise<boolean> {
  if (await elastic.indices.existsAlias({ name: alias })) return false
  try {
    await elastic.indices.create({ index: `${alias}-1`, aliases: { [alias]: {} }, ...shape })
    return true
  } catch (error) {
    // Another process was first.
    if (error instanceof errors.ResponseError && /already_exists/.test(error.message)) return false
    throw error
  }
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof errors.ElasticsearchClientError)
      throw new Unavailable(`the search server: ${error.message.slice(0, 300)}`, { cause: error })
    throw error
  }
}
