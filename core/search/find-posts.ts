import type { Ctx } from '../ctx.ts'
import { visibleTo, welcomeTo } from '../posts/post.policy.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { PostQuery, Scope } from './engines/engine.ts'
import { findInIndex } from './find-in-index.ts'
import { isInLibrary } from './library.queries.ts'
import { type Narrowing, readQuery } from './read-query.ts'

export type PostSearch = Narrowing & { query: string; limit: number; offset: number }

const LARGEST = 400
const TURNS = 20
const DEEPEST = 2000

/**
 * Finds posts by what they say, newest first, for members: those they have to do with, and public ones by authors who
 * want to be found (SRCH-04 to SRCH-06), without those of people they do not want to meet (SRCH-08). Nothing for
 * everybody else. Throws Invalid for a query that cannot be read.
 */
export async function findPosts(ctx: Ctx, { query, limit, offset, ...narrowing }: PostSearch): Promise<Id[]> {
  if (ctx.actor.kind !== 'person' || limit <= 0 || offset > DEEPEST) return []
  const asked = await readQuery(ctx, query, narrowing)
  if (!asked) return []
  const wanted = offset + limit
  const batch = Math.min(Math.max(2 * wanted, 40), LARGEST)
  const found: Id[] = []
  for (let turn = 0, { below } = asked; turn < TURNS && found.length < wanted; turn += 1) {
    const ids = await findInIndex(ctx, { ...asked, below, limit: batch })
    found.push(...(await findable(ctx, ids, asked)))
    const last = ids.at(-1)
    if (!last || ids.length < batch) break
    below = last
  }
  return found.slice(offset, wanted)
}

const isOpen = `p.visibility = 'public' AND (SELECT a.is_indexable AND (a.silenced_at IS NULL OR EXISTS (
    SELECT FROM follows AS f WHERE f.follower_id = $2 AND f.followed_id = a.id AND f.state = 'accepted'))
  FROM accounts AS a WHERE a.id = p.author_id)`

const isInScope: Record<Scope, string> = {
  library: isInLibrary('$2::bigint'),
  public: isOpen,
  all: `(${isOpen} OR ${isInLibrary('$2::bigint')})`,
}

/** What the index guessed is asked of the rows themselves: they may have changed since. */
async function findable(
  ctx: Ctx,
  ids: readonly Id[],
  { readerId, scope }: Pick<PostQuery, 'readerId' | 'scope'>,
): Promise<Id[]> {
  const found = await rows<{ id: Id }>(
    ctx,
    `SELECT p.id FROM posts AS p WHERE p.id = ANY ($1::bigint[]) AND ${visibleTo('$2::bigint')}
       AND ${welcomeTo('$2::bigint', 'p.author_id')} AND ${isInScope[scope]} ORDER BY p.id DESC`,
    [ids, readerId],
  )
  return found.map(({ id }) => id)
}
