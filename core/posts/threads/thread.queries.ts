import { accountIdOf } from '../../actor.ts'
import type { Ctx } from '../../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { reaches, unrefused, visibleTo, welcomeTo } from '../post.policy.ts'

/** How much of a thread is given at once (STAT-08). */
type Bounds = { ancestors: number; descendants: number; depth: number }
const forVisitors: Bounds = { ancestors: 40, descendants: 60, depth: 20 }
const forMembers: Bounds = { ancestors: 4096, descendants: 4096, depth: 4096 }

const boundsOf = (viewerId: Id | undefined): Bounds => (viewerId ? forMembers : forVisitors)

/** Posts in the way are left out, not what lies behind them (STAT-09). Of limited people, those of whose post it is stay. */
const shown = `${visibleTo('$2::bigint')} AND ${welcomeTo('$2::bigint', 'p.author_id')}
  AND ${unrefused('$2::bigint')} AND (${reaches('$2::bigint')} OR p.author_id = (SELECT asked.author_id FROM posts AS asked WHERE asked.id = $1))`

/** The ids of what a post answers, from the root to its parent, as far as the actor may see them. One query. */
export async function ancestorsOf(ctx: Ctx, postId: Id): Promise<Id[]> {
  const viewerId = accountIdOf(ctx.actor)
  const found = await rows<{ id: Id }>(
    ctx,
    `WITH RECURSIVE chain AS (
       SELECT reply_to_id AS id, 1 AS height FROM posts WHERE id = $1 AND reply_to_id IS NOT NULL
       UNION ALL
       SELECT posts.reply_to_id, height + 1 FROM chain JOIN posts ON posts.id = chain.id
       WHERE posts.reply_to_id IS NOT NULL AND height < $3
     )
     SELECT p.id FROM chain JOIN posts AS p ON p.id = chain.id WHERE ${shown} ORDER BY height DESC`,
    [postId, viewerId ?? null, boundsOf(viewerId).ancestors],
  )
  return found.map(({ id }) => id)
}

type Reply = { id: Id; parentId: Id; isOwn: boolean; isShown: boolean }

/**
 * The ids of the replies to a post and of theirs, each before its own replies, those that an author gave to themselves
 * before those of others (STAT-08), as far as the actor may see them. What is nearest to the post comes first when there
 * are too many. One query.
 */
export async function descendantsOf(ctx: Ctx, postId: Id): Promise<Id[]> {
  const viewerId = accountIdOf(ctx.actor)
  const { descendants, depth } = boundsOf(viewerId)
  // Layer by layer; the limit ends the recursion, so that a thread of any size costs the same.
  const found = await rows<Reply>(
    ctx,
    `WITH RECURSIVE tree AS (
       SELECT id, reply_to_id, author_id, 0 AS depth, false AS is_own FROM posts WHERE id = $1
       UNION ALL
       SELECT p.id, p.reply_to_id, p.author_id, tree.depth + 1, p.author_id = tree.author_id
       FROM tree JOIN posts AS p ON p.reply_to_id = tree.id WHERE tree.depth < $3
     ), near AS MATERIALIZED (SELECT * FROM tree LIMIT $4)
     SELECT p.id, p.reply_to_id AS "parentId", near.is_own AS "isOwn", ${shown} AS "isShown"
     FROM near JOIN posts AS p ON p.id = near.id WHERE near.depth > 0`,
    [postId, viewerId ?? null, depth, descendants + 1],
  )
  return depthFirst(postId, found)
}

function depthFirst(rootId: Id, replies: Reply[]): Id[] {
  const byParent = Map.groupBy(replies.sort(inOrder), ({ parentId }) => parentId)
  const told: Id[] = []
  const left = [...(byParent.get(rootId) ?? [])].reverse()
  for (let reply = left.pop(); reply; reply = left.pop()) {
    if (reply.isShown) told.push(reply.id)
    left.push(...[...(byParent.get(reply.id) ?? [])].reverse())
  }
  return told
}

const inOrder = (a: Reply, b: Reply): number =>
  Number(b.isOwn) - Number(a.isOwn) || (BigInt(a.id) < BigInt(b.id) ? -1 : 1)
