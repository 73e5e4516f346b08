import { lru } from '#platform/lru'
import { translator } from '#platform/translator'

const HOUR = 3600
const kept = lru<Record<string, string[]>>(1, HOUR)

/**
 * The languages that each language can be translated to, asked of the service once an hour; empty when there is none
 * (INST-25). Throws Unavailable when it does not answer.
 */
export async function translationLanguages(): Promise<Record<string, string[]>> {
  if (!translator) return {}
  const known = kept.get('languages')
  if (known) return known
  const found = await translator.languages()
  kept.set('languages', found)
  return found
}
