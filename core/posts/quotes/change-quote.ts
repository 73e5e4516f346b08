import type { Ctx } from '../../ctx.ts'
import { now } from '#platform/clock'
import { row, rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import type { QuoteState } from '../quote.policy.ts'
import { countQuote } from '../record-quote.ts'

export type QuoteChange = {
  postId: Id
  to: Exclude<QuoteState, 'deleted'>
  /** It changes only when it is in one of these. */
  from?: readonly QuoteState[]
  /** The stamp that was checked just now. */
  stampUri?: string
}

type Held = { state: QuoteState; quotedId: Id | null; authorId: Id }

/**
 * Changes how a quote stands: the only place that does. Counts it, and states what came of it; nothing happens when it
 * stands so already, or may not change that way. What was taken back stays so. Gives whether it changed.
 */
export const changeQuote = (ctx: Ctx, change: QuoteChange): Promise<boolean> =>
  transact(ctx, async (ctx) => {
    const { postId, to, from = ['pending'], stampUri } = change
    // Posts are held before what hangs on them, as everywhere.
    await rows(
      ctx,
      'SELECT FROM posts WHERE id = (SELECT quoted_id FROM quotes WHERE post_id = $1) FOR NO KEY UPDATE',
      [postId],
    )
    const held = await row<Held>(ctx, holding, [postId])
    if (!held || held.state === to || !from.includes(held.state)) return false
    await rows(ctx, writing, [postId, to, stampUri ?? null, now()])
    const { quotedId, authorId } = held
    if (quotedId && to === 'accepted') {
      await countQuote(ctx, quotedId, 1)
      await emit(ctx, 'quote.accepted', { postId, authorId, quotedId })
    }
    if (quotedId && held.state === 'accepted') await countQuote(ctx, quotedId, -1)
    await emit(ctx, 'quote.changed', { postId, authorId })
    return true
  })

const holding = `SELECT q.state, q.quoted_id AS "quotedId", p.author_id AS "authorId"
  FROM quotes AS q JOIN posts AS p ON p.id = q.post_id WHERE q.post_id = $1 FOR UPDATE OF q`

const writing = `UPDATE quotes SET state = $2, stamp_uri = coalesce($3, stamp_uri), changed_at = $4::timestamptz,
  checked_at = CASE WHEN $3::text IS NULL THEN checked_at ELSE $4::timestamptz END WHERE post_id = $1`
