import type { TrendKind } from '#core/trends/review-trend'
import { WrongUsage } from './command.ts'

/** Reads what sort of trend is meant. Throws WrongUsage for a word that is none. */
export function kindOf(word: unknown): TrendKind {
  if (word !== 'tags' && word !== 'statuses' && word !== 'links')
    throw new WrongUsage('Say what sort of trend it is: tags, statuses or links.')
  return word
}
