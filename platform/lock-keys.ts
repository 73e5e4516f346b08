import type { Transaction } from 'sequelize'
import { rows } from './db.ts'

/**
 * Holds a lock on each of these names until the transaction ends; whoever wants one of them meanwhile waits. For what
 * has no row yet that could be locked: a post that two activities speak of while neither has stored it.
 */
export async function lockKeys(ctx: { tx: Transaction }, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  // Sorted, so that two who want the same names do not wait for each other.
  const sorted = [...new Set(keys)].sort()
  await rows(ctx, 'SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest($1::text[]) AS key', [
    sorted,
  ])
}
