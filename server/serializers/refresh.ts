import type { Refresh } from '#core/refreshes/refresh'

/** Work that went on after an answer, as clients ask for it (MISC-14). */
export const refreshJson = ({ id, status, count }: Refresh) => ({ id, status, result_count: count })

/** The header that tells of it in the answer that did not wait: `{ 'Mastodon-Async-Refresh': … }` (STAT-10, TL-07). */
export const refreshHeader = ({ id, count }: Refresh, retrySeconds = 3): Record<string, string> => ({
  'Mastodon-Async-Refresh': `id="${id}", retry=${retrySeconds}${count === null ? '' : `, result_count=${count}`}`,
})
