import type { TxCtx } from '../ctx.ts'
import { row, rows } from '#platform/db'
import { Forbidden } from '#platform/errors'
import type { Id } from '#platform/ids'

/**
 * Remembers that something with this ActivityPub id is gone, whether it was ever here or not, so that it is not taken
 * when it comes late. Throws Forbidden when the id is of another server than the account that ended it.
 */
export async function buryUri(
  ctx: TxCtx,
  { uri, actorId, formerType }: { uri: string; actorId: Id; formerType: string },
): Promise<void> {
  const actor = await row<{ uri: string | null }>(ctx, 'SELECT uri FROM accounts WHERE id = $1', [actorId])
  if (!actor?.uri || originOf(actor.uri) !== originOf(uri)) throw new Forbidden()
  await rows(
    ctx,
    'INSERT INTO tombstones (uri, actor_uri, former_type) VALUES ($1, $2, $3) ON CONFLICT (uri) DO NOTHING',
    [uri, actor.uri, formerType],
  )
}

/**
 * A condition in SQL: did this account end something with this ActivityPub id before it came? What others ended in its name
 * stops nothing. Takes expressions for both.
 */
export const buried = (uri: string, actorId: string): string => `
  EXISTS (SELECT FROM tombstones AS t WHERE t.uri = ${uri}
    AND (t.actor_uri IS NULL OR t.actor_uri = (SELECT a.uri FROM accounts AS a WHERE a.id = ${actorId})))`

/** The same, asked by itself. */
export const isBuried = async (ctx: TxCtx, uri: string, actorId: Id): Promise<boolean> =>
  (await row(ctx, `SELECT 1 AS one WHERE ${buried('$1', '$2')}`, [uri, actorId])) !== undefined

const originOf = (uri: string): string | undefined => URL.parse(uri)?.origin
