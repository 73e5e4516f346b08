import { instance } from '#config/instance'
import type { Id } from '#platform/ids'
import { compareIds } from '#platform/ids'
import { searchClient, type SearchClient } from '#platform/search-client'
import type { Ctx } from '../../ctx.ts'
import type { PostDocument } from '../documents/post.ts'
import { libraryIds } from '../library.queries.ts'
import { startBuild } from '../builds.ts'
import type { Engine, PostQuery, Term } from './engine.ts'

/** Several instances may share a server. */
export const postsIndex = `kith-${instance.domain.replaceAll(/[^a-z0-9.-]/g, '_')}-posts`

/** A server takes no more terms at a time. */
const MOST = 60_000

// Words come as Kith takes them apart, so that both engines find the same; all the server does is split at blanks.
const shape = {
  settings: { index: { number_of_shards: 1, auto_expand_replicas: '0-1', refresh_interval: '1s' } },
  mappings: {
    dynamic: 'strict',
    _source: { enabled: false },
    properties: {
      postId: { type: 'long' },
      isOpen: { type: 'boolean' },
      words: { type: 'text', analyzer: 'whitespace', norms: false },
      stems: { type: 'keyword' },
      properties: { type: 'keyword' },
    },
  },
}

/** The index in Elasticsearch; undefined unless the operator named a server. Everything throws Unavailable while it is away. */
export function elasticEngine():
  | (Engine & { remove(ctx: Pick<Ctx, 'tx'>, ids: readonly Id[]): Promise<void> })
  | undefined {
  const client = searchClient()
  return client && { write: write(client), remove: remove(client), find: find(client) }
}

let isThere: Promise<void> | undefined

/** Who makes the index makes it anew, so that all that is here goes in. */
function ensured(client: SearchClient): Promise<void> {
  isThere ??= client.ensure(postsIndex, shape).then(async (isNew) => {
    if (isNew) await startBuild({}, 'elasticsearch')
  })
  return isThere
}

async function sure<T>(client: SearchClient, work: () => Promise<T>): Promise<T> {
  try {
    await ensured(client)
    return await work()
  } catch (error) {
    // The server may be another one when it is back.
    isThere = undefined
    throw error
  }
}

const write =
  (client: SearchClient) =>
  (_ctx: Pick<Ctx, 'tx'>, documents: readonly PostDocument[]): Promise<void> =>
    sure(client, () =>
      client.write(
        postsIndex,
        documents.map(({ postId, version, words, ...rest }) => ({
          id: postId,
          version,
          document: { postId, words: words.join(' '), ...rest },
        })),
      ),
    )

const remove =
  (client: SearchClient) =>
  (_ctx: Pick<Ctx, 'tx'>, ids: readonly Id[]): Promise<void> =>
    sure(client, () => client.remove(postsIndex, ids))

const find =
  (client: SearchClient) =>
  async (ctx: Pick<Ctx, 'tx'>, query: PostQuery): Promise<Id[]> => {
    const own = query.scope === 'public' ? [] : await libraryIds(ctx, query.readerId)
    const library = own.sort((a, b) => compareIds(b, a)).slice(0, MOST)
    return client.find(postsIndex, {
      size: query.limit,
      sort: [{ postId: 'desc' }],
      query: {
        bool: {
          filter: [
            { range: { postId: { lt: query.below, gt: query.above } } },
            ...query.terms.filter(({ isNot }) => !isNot).map(clauseOf),
            { bool: { minimum_should_match: 1, should: placesOf(query, library) } },
          ],
          must_not: query.terms.filter(({ isNot }) => isNot).map(clauseOf),
        },
      },
    })
  }

const placesOf = ({ scope }: PostQuery, library: Id[]): object[] => [
  ...(scope === 'library' ? [] : [{ term: { isOpen: true } }]),
  ...(scope === 'public' ? [] : [{ terms: { postId: library } }]),
]

const clauseOf = (term: Term): object =>
  'property' in term
    ? { term: { properties: term.property } }
    : {
        bool: {
          minimum_should_match: 1,
          should: [
            { match_phrase: { words: term.words.join(' ') } },
            ...(term.stems.length > 0 ? [{ terms: { stems: term.stems } }] : []),
          ],
        },
      }
