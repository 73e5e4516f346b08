import { accountUrl, postUrl } from '../addresses.ts'
import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { findOriginal } from './find-post.ts'
import type { Post } from './post.model.ts'
import { quoteStanding, type QuoteStanding, settledStanding } from './quote.policy.ts'

/** A post that the actor may quote: how their quote of it begins, and the page that stands for it in the text. */
export type Quotable = { post: Post; state: 'accepted' | 'pending'; url: string }

type Found = { standing: QuoteStanding; id: Id; username: string; uri: string | null; url: string | null }

/**
 * Finds what the actor wants to quote; of a boost, what it boosts. What is here and may be quoted is accepted at once, as
 * are own posts and those whose author says nothing about quotes where that is enough; whatever else waits for its author
 * (QUOTE-04, QUOTE-05). Throws NotFound when it may not be seen, or its author does not let the actor quote it (QUOTE-01).
 */
export async function findQuotable(ctx: Ctx, postId: Id): Promise<Quotable> {
  const actorId = actingId(ctx)
  const post = await findOriginal(ctx, postId)
  const found = await row<Found>(
    ctx,
    `SELECT ${quoteStanding('$2::bigint')} AS standing, a.id, a.username, a.uri, a.url
     FROM posts AS p JOIN accounts AS a ON a.id = p.author_id WHERE p.id = $1`,
    [post.id, actorId],
  )
  if (!found || settledStanding(found.standing) === 'denied') throw new NotFound()
  const isSettled = post.authorId === actorId || found.standing === 'unsaid'
  const isAccepted = isSettled || (post.isLocal && found.standing === 'automatic')
  return {
    post,
    state: isAccepted ? 'accepted' : 'pending',
    url: postUrl(post, found) ?? accountUrl(found),
  }
}
