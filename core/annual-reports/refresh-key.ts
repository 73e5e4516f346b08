import type { Id } from '#platform/ids'

/** Under which name the making of a report is known while it goes on. */
export const refreshKey = ({ accountId, year }: { accountId: Id; year: number }): string =>
  `annual report ${accountId} ${year}`
