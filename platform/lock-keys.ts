import type { Transaction } from 'sequelize'
import { rows } from './db.ts'

/**
 * Holds a lock on each of these names until the transaction ends; whoever wants one of them meanwhile waits. For what
 * has no row yet that could be locked: a post that two activities speak of while neither has stored it. Names in `shared`
 * are held together with everybody else who shares them.
 */
export async function lockKeys(
  ctx: { tx: Transaction },
  keys: readonly string[],
  shared: readonly string[] = [],
): Promise<void> {
  // Sorted, so that two who want the same names do not wait for each other.
  const sorted = [...new Set([...keys, ...shared])].sort()
  if (sorted.length === 0) return
  await rows(
    ctx,
    `SELECT CASE WHEN is_own THEN pg_advisory_xact_lock(hashtextextended(key, 0))
       ELSE pg_advisory_xact_lock_shared(hashtextextended(key, 0)) END
     FROM unnest($1::text[], $2::boolean[]) AS wanted (key, is_own)`,
    [sorted, sorted.map((key) => keys.includes(key))],
  )
}
