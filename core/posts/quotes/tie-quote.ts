import type { Ctx } from '../../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { leadsTo } from '../record-quote.ts'

/**
 * Ties a quote to the post that it names, which was found. One that closes a circle is dropped (federation rule 100). Gives
 * whether it is tied.
 */
export const tieQuote = (ctx: Ctx, { postId, quotedId }: { postId: Id; quotedId: Id }): Promise<boolean> =>
  transact(ctx, async (ctx) => {
    if (await leadsTo(ctx, quotedId, postId)) {
      await rows(ctx, 'DELETE FROM quotes WHERE post_id = $1 AND quoted_id IS NULL', [postId])
      return false
    }
    await rows(ctx, 'UPDATE quotes SET quoted_id = $2 WHERE post_id = $1 AND quoted_id IS NULL', [
      postId,
      quotedId,
    ])
    return true
  })
