import { limits } from '#config/limits'
import { inSeconds } from '#platform/clock'
import { Invalid } from '#platform/errors'
import type { FilterAction, FilterContext } from './filter.model.ts'

const contexts = new Set(['home', 'notifications', 'public', 'thread', 'account'])
const actions = new Set(['warn', 'hide', 'blur'])

const refuse = (what: string): never => {
  throw new Invalid(`Validation failed: ${what}`)
}

/** The title as it is kept. Throws Invalid when it is empty or too long (FILT-01). */
export function titleOf(text: string): string {
  const title = text.trim()
  if (title === '') refuse("Title can't be blank")
  if ([...title].length > limits.filter.title)
    refuse(`Title is too long (maximum is ${limits.filter.title} characters)`)
  return title
}

/** The contexts, each once. Throws Invalid for none and for unknown ones (FILT-01). */
export function contextsOf(words: readonly string[]): FilterContext[] {
  const wanted = [...new Set(words.filter((word) => word !== ''))]
  if (wanted.length === 0) refuse("Context can't be blank")
  if (!wanted.every((word) => contexts.has(word))) refuse('Context None or invalid context supplied')
  return wanted as FilterContext[]
}

/** What apps shall do. Throws Invalid for an unknown word (FILT-01). */
export const actionOf = (word: string): FilterAction =>
  actions.has(word) ? (word as FilterAction) : refuse('Filter action is not included in the list')

// A date beyond this cannot be told to apps.
const LONGEST = 100 * 366 * 86_400

/** When it ends, in so many seconds; null for never (FILT-03). Throws Invalid for what is no time that comes. */
export function expiryOf(seconds: number | null): Date | null {
  if (seconds === null) return null
  if (!(seconds >= 0 && seconds <= LONGEST)) refuse('Expires in is invalid')
  return inSeconds(Math.floor(seconds))
}

/** The word or phrase as it is kept and compared. Throws Invalid when it is empty or too long. */
export function keywordOf(text: string): string {
  const keyword = text.normalize('NFC').trim()
  if (keyword === '') refuse("Keyword can't be blank")
  if ([...keyword].length > limits.filter.keyword)
    refuse(`Keyword is too long (maximum is ${limits.filter.keyword} characters)`)
  return keyword
}
