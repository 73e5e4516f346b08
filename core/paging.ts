import type { Id } from '#platform/ids'

/** Where a page of a list begins and ends, as clients say it, and how many items it has at most. */
export type Cursors = {
  max_id?: Id | undefined
  since_id?: Id | undefined
  min_id?: Id | undefined
  limit: number
}

/** Above every id. */
export const LARGEST = '9223372036854775807'

/**
 * A page in SQL: `where` and `order` (with its LIMIT) around the id in `column`, which use three parameters from
 * `$first` on, and the `values` for them. With `min_id` the rows come oldest first: `newestFirst` turns them round
 * (PAGE-01 to PAGE-05).
 */
export function pageOf(cursors: Cursors, column: string, first: number) {
  const rising = cursors.min_id !== undefined
  return {
    // Bounds that are always there keep the plan an index range, also when PostgreSQL plans without the values.
    where: `${column} < $${first}::bigint AND ${column} > $${first + 1}::bigint`,
    order: `ORDER BY ${column} ${rising ? 'ASC' : 'DESC'} LIMIT $${first + 2}::int`,
    values: [cursors.max_id ?? LARGEST, cursors.min_id ?? cursors.since_id ?? '0', cursors.limit],
    newestFirst: <T>(found: T[]): T[] => (rising ? found.reverse() : found),
  }
}
