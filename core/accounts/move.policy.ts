import { accountUri } from '../addresses.ts'
import { now } from '#platform/clock'
import type { Account } from './account.model.ts'

/** Days until somebody who moved may move again (federation rule 71). */
const REST = 7
const REST_MS = REST * 86_400_000

const reasons = {
  self: 'An account cannot move to itself.',
  gone: 'That account does not exist any more.',
  moved: 'That account has moved, too.',
  'no-alias': 'That account does not name this one as an alias yet.',
  'too-soon': `An account that moved may move again after ${REST} days.`,
} as const

/** Why an account may not move to another one. */
export type MoveProblem = keyof typeof reasons

/** The same as a sentence for people. */
export const problemText = (problem: MoveProblem): string => reasons[problem]

/** What stands against a move from `account` to `target`, as the two are stored; undefined when nothing does. */
export function problemOfMove(account: Account, target: Account | null): MoveProblem | undefined {
  if (account.id === target?.id) return 'self'
  if (!target || target.goneAt || target.suspendedAt) return 'gone'
  if (target.movedToId) return 'moved'
  if (account.movedAt && now().getTime() - account.movedAt.getTime() < REST_MS) return 'too-soon'
  return target.alsoKnownAs.includes(accountUri(account)) ? undefined : 'no-alias'
}
