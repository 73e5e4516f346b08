import { accountIdOf } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { type Cursors, pageOf } from '../paging.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { welcome } from './relationship.queries.ts'

/** Whom an account recommends by descending id, which is the cursor; all of them without a page (ACCT-34, PAGE-17). */
export async function endorsedBy(ctx: Ctx, endorserId: Id, cursors?: Cursors): Promise<Id[]> {
  const { where, order, values, newestFirst } = pageOf(
    cursors ?? { limit: 2_147_483_647 },
    'e.endorsed_id',
    3,
  )
  const found = await rows<{ id: Id }>(
    ctx,
    `SELECT e.endorsed_id AS id FROM endorsements AS e
     WHERE e.endorser_id = $1 AND ${welcome('e.endorsed_id', '$2::bigint')} AND ${where} ${order}`,
    [endorserId, accountIdOf(ctx.actor) ?? '0', ...values],
  )
  return newestFirst(found).map(({ id }) => id)
}
