import { instance } from '#config/instance'
import { accountUri, postUri } from '#core/addresses'
import { row, rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { Json } from './properties.ts'
import { plainContext } from './vocabulary.ts'

const MOST = 500

type Named = { id: Id; authorId: Id; uri: string | null }

/** The address of a thread that began here. */
export const contextUri = (threadId: Id): string => `${instance.origin}/contexts/${threadId}`

/**
 * A thread that began here as a collection of the ids of its public posts, oldest first, owned by whoever began it (wire 11.2, FEP-7888;
 * feature backfill-04); undefined when there is none that everybody may see.
 */
export async function contextDocument(threadId: Id): Promise<Json | undefined> {
  const root = await row<Named>(
    {},
    `SELECT p.id, p.author_id AS "authorId", p.uri FROM posts AS p JOIN accounts AS a ON a.id = p.author_id
     WHERE p.id = $1 AND p.uri IS NULL AND p.boost_of_id IS NULL AND p.visibility IN ('public', 'unlisted')
       AND a.gone_at IS NULL AND a.suspended_at IS NULL`,
    [threadId],
  )
  if (!root) return undefined
  const found = await rows<Named>(
    {},
    `SELECT p.id, p.author_id AS "authorId", p.uri FROM posts AS p
     WHERE p.thread_id = $1 AND p.boost_of_id IS NULL AND p.visibility IN ('public', 'unlisted')
       AND (SELECT true FROM refused_replies AS rr WHERE rr.post_id = p.id) IS NULL
       AND (p.author_id = $2 OR (SELECT a.silenced_at IS NULL AND a.suspended_at IS NULL FROM accounts AS a
         WHERE a.id = p.author_id))
     ORDER BY p.id LIMIT ${MOST}`,
    [threadId, root.authorId],
  )
  return {
    '@context': plainContext,
    id: contextUri(threadId),
    type: 'OrderedCollection',
    attributedTo: accountUri({ id: root.authorId, uri: null }),
    totalItems: found.length,
    orderedItems: found.map(postUri),
  }
}
