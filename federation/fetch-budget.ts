import { AsyncLocalStorage } from 'node:async_hooks'
import { now } from '#platform/clock'

const MOST = { objects: 1000, accounts: 400 }
const LONGEST_MS = 60_000

type Budget = Record<keyof typeof MOST, number> & { ends: number }
const budgets = new AsyncLocalStorage<Budget>()

/**
 * Works on one activity, which may have 1000 documents fetched, 400 accounts among them, and none after a minute unless less
 * is given: whoever sends it chooses what is asked for, and how slowly that is answered (federation rule 50).
 */
export const withFetchBudget = <T>(work: () => Promise<T>, ms = LONGEST_MS): Promise<T> =>
  budgets.run({ ...MOST, ends: now().getTime() + ms }, work)

/** For a collection and what it lists: with the fetch that is under way then, it is over within a minute. */
export const CRAWL_MS = 40_000

/** Takes one from what the activity in work may fetch; false when that is used up. Other work has no such limit. */
export function mayFetchMore(kind: keyof typeof MOST): boolean {
  const budget = budgets.getStore()
  if (!budget) return true
  if (budget[kind] <= 0 || now().getTime() > budget.ends) return false
  budget[kind] -= 1
  return true
}
