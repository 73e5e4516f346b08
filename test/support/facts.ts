import { rows } from '#platform/db'
import type { FactName, Facts } from '#platform/facts'

/**
 * The facts of one name that were stated and wait for their consequences, oldest first. Only for facts that have some:
 * others may leave no row.
 */
export async function statedFacts<N extends FactName>(name: N): Promise<Facts[N][]> {
  const found = await rows<{ payload: { payload: Facts[N] } }>(
    {},
    `SELECT payload FROM owed_work WHERE kind = 'fact' AND payload->>'name' = $1 ORDER BY id`,
    [name],
  )
  return found.map(({ payload }) => payload.payload)
}
