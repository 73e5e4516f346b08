import type { Ctx } from '../../ctx.ts'
import { row } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import type { Post } from '../post.model.ts'
import { receivePost } from '../receive-post.ts'
import { recordQuote } from '../record-quote.ts'
import type { RemotePost } from '../remote-post.ts'
import { changeQuote } from './change-quote.ts'
import { judgeRequest } from './judge-quote.ts'

/** Somebody elsewhere asks to quote a post of ours; `draft` is the post that quotes, when it proved to be theirs. */
export type QuoteAsking = {
  quotedId: Id
  requestUri: string
  actorId: Id
  instrumentUri: string
  draft?: RemotePost | undefined
}

/**
 * Lets a post of another server quote one of ours, or not, as the policy of that says, and states the answer (features
 * quotes-04, federation rule 215). What is let in is stored; what was taken back stays so.
 */
export const answerQuoteRequest = (ctx: Ctx, { draft, ...asking }: QuoteAsking): Promise<void> =>
  transact(ctx, async (ctx) => {
    const { quotedId, actorId: accountId } = asking
    const isWelcome = (await judgeRequest(ctx, { quotedId, accountId })) === 'accepted'
    const post = draft && isWelcome ? await receivePost(ctx, draft) : undefined
    const isAccepted = post !== undefined && (await accept(ctx, post, quotedId))
    await emit(ctx, 'quote.answered', { ...asking, postId: isAccepted ? post.id : null })
  })

async function accept(ctx: Parameters<typeof recordQuote>[0], post: Post, quotedId: Id): Promise<boolean> {
  await recordQuote(ctx, post, { quotedId, state: 'pending' })
  await changeQuote(ctx, { postId: post.id, to: 'accepted', from: ['pending', 'rejected'] })
  const found = await row(
    ctx,
    `SELECT 1 FROM quotes WHERE post_id = $1 AND quoted_id = $2 AND state = 'accepted'`,
    [post.id, quotedId],
  )
  return found !== undefined
}
