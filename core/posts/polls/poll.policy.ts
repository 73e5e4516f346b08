import { now } from '#platform/clock'

/** Is the poll over, by its end or because its server closed it (federation rule 126)? */
export const isOver = (poll: { expiresAt: Date | null; closedAt: Date | null }): boolean =>
  poll.closedAt !== null || (poll.expiresAt !== null && poll.expiresAt <= now())
