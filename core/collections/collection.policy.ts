import { limits } from '#config/limits'
import type { Account } from '../accounts/account.model.ts'
import { type Problem, refuse } from '../field-problems.ts'
import { cleanText } from '../text/clean-text.ts'
import { normalizeHashtag } from '../text/normalize-hashtag.ts'
import type { ItemState } from './collection-item.model.ts'

/** What of a collection may be typed; what is absent stays as it is. */
export type CollectionTexts = {
  name?: string | undefined
  description?: string | undefined
  language?: string | undefined
  tagName?: string | undefined
  isSensitive?: boolean | undefined
  isDiscoverable?: boolean | undefined
}

const lengthOf = (text: string): number => [...text].length

/** Checks what was typed and gives the columns for it (COLL-01). Throws Invalid with what is wrong with each field. */
export function readCollection(typed: CollectionTexts) {
  const name = typed.name === undefined ? undefined : cleanText(typed.name).trim()
  const description = typed.description === undefined ? undefined : cleanText(typed.description).trim()
  const tagName = typed.tagName === undefined ? undefined : typed.tagName.trim().replace(/^#/, '')
  refuse(problemsOf({ ...typed, name, description, tagName }))
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(typed.language === undefined ? {} : { language: typed.language || null }),
    ...(tagName === undefined ? {} : { tagName: tagName || null }),
    ...(typed.isSensitive === undefined ? {} : { isSensitive: typed.isSensitive }),
    ...(typed.isDiscoverable === undefined ? {} : { isDiscoverable: typed.isDiscoverable }),
  }
}

function problemsOf({ name, description, language, tagName }: CollectionTexts): Problem[] {
  const problems: Problem[] = []
  if (name === '') problems.push(['name', 'ERR_BLANK'])
  if (name && lengthOf(name) > limits.collection.name) problems.push(['name', 'ERR_TOO_LONG'])
  if (description && lengthOf(description) > limits.collection.description)
    problems.push(['description', 'ERR_TOO_LONG'])
  if (language && !/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language))
    problems.push(['language', 'ERR_INVALID'])
  if (tagName && (/\s/.test(tagName) || !normalizeHashtag(tagName)))
    problems.push(['tag_name', 'ERR_INVALID'])
  return problems
}

/**
 * What becomes of an account that is put into a collection: members who want to be found have agreed to that, others have
 * not (undefined); of accounts elsewhere nobody knows (COLL-03).
 */
export function consentOf(account: Account): ItemState | undefined {
  if (account.suspendedAt || account.movedToId) return undefined
  if (!account.isLocal) return 'pending'
  return account.isDiscoverable && account.kind !== 'application' ? 'accepted' : undefined
}
