import type { Cursors } from '#core/paging'
import { isId, type Id } from '#platform/ids'
import type { PagerView } from '#server/pages/parts/pager'

/** How many posts a page shows. */
export const PAGE_SIZE = 20

/** Reads where in a list somebody is from the query of an address. What is no id counts as the beginning. */
export function cursorsOf(query: URLSearchParams): Cursors {
  const [older, newer] = [query.get('max_id'), query.get('min_id')]
  return {
    ...(isId(older) ? { max_id: older } : isId(newer) ? { min_id: newer } : {}),
    limit: PAGE_SIZE,
  }
}

/** Links from the page with these ids to its neighbours: a full page has one ahead, and where one came from is another. */
export function pagerOf(path: string, cursors: Cursors, ids: readonly Id[]): PagerView {
  const [first, last] = [ids[0], ids.at(-1)]
  const isFull = ids.length === cursors.limit
  const hasNewer = cursors.min_id ? isFull : cursors.max_id !== undefined
  const hasOlder = cursors.min_id !== undefined || isFull
  return {
    newer: hasNewer ? (first ? `${path}?min_id=${first}` : path) : null,
    older: hasOlder && last ? `${path}?max_id=${last}` : null,
  }
}
