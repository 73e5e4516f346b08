import { now } from '#platform/clock'
import { NotFound } from '#platform/errors'
import type { Terms } from './read-settings.ts'

/** A version of the terms, whether it is the one that holds, and the day of the one after it. */
export type TermsVersion = Terms & { isEffective: boolean; succeededBy: string | null }

/**
 * The terms of a day, else those that hold today; before the first of them hold, the first. Throws NotFound when there
 * are none (INST-24).
 */
export function findTerms(terms: readonly Terms[], date?: string): TermsVersion {
  const today = now().toISOString().slice(0, 10)
  const current = terms.findLastIndex((each) => each.date <= today)
  const at = date === undefined ? Math.max(0, current) : terms.findIndex((each) => each.date === date)
  const found = terms[at]
  if (!found) throw new NotFound()
  return { ...found, isEffective: at === current, succeededBy: terms[at + 1]?.date ?? null }
}
