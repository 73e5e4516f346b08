import type { Ctx, TxCtx } from '../ctx.ts'
import { row, rows } from '#platform/db'
import type { Id } from '#platform/ids'

/** Was this activity of `actorId` undone before it came? */
export const wasUndone = async (ctx: Pick<Ctx, 'tx'>, uri: string, actorId: Id): Promise<boolean> =>
  (await row(
    ctx,
    `SELECT 1 FROM tombstones AS t JOIN accounts AS a ON a.uri = t.actor_uri WHERE t.uri = $1 AND a.id = $2`,
    [uri, actorId],
  )) !== undefined

/** Remembers that `actorId` undid an activity that has not come, so that it is dropped when it comes. */
export async function leaveTombstone(ctx: TxCtx, uri: string, actorId: Id, type: string): Promise<void> {
  await rows(
    ctx,
    `INSERT INTO tombstones (uri, actor_uri, former_type) SELECT $1, uri, $3 FROM accounts WHERE id = $2
     ON CONFLICT (uri) DO NOTHING`,
    [uri, actorId, type],
  )
}
