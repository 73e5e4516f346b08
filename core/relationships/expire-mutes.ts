import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'

const BATCH = 100

/** Ends the mutes whose time is over (ACCT-29). A sweep. */
export async function expireMutes(ctx: Ctx): Promise<void> {
  while ((await expireSome(ctx)) === BATCH);
}

const expireSome = (ctx: Ctx): Promise<number> =>
  transact(ctx, async (ctx) => {
    const ended = await rows<{ muterId: Id; mutedId: Id }>(
      ctx,
      `DELETE FROM mutes WHERE id IN (SELECT id FROM mutes WHERE expires_at <= $1 ORDER BY expires_at LIMIT ${BATCH}
         FOR UPDATE SKIP LOCKED) RETURNING muter_id AS "muterId", muted_id AS "mutedId"`,
      [now()],
    )
    for (const pair of ended) await emit(ctx, 'account.unmuted', pair)
    return ended.length
  })
