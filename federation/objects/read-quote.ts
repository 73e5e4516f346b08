import type { Account } from '#core/accounts/account.model'
import { accountUri } from '#core/addresses'
import type { QuoteAudience, QuotePolicy } from '#core/posts/quote.policy'
import { idOf, idsOf, isJson, isWeb, type Json, objectsOf, textOf, typeOf } from '../properties.ts'
import { isPublic } from '../vocabulary.ts'

const names = ['quote', '_misskey_quote', 'quoteUrl', 'quoteUri', 'quoteURL'] as const

/**
 * What a post quotes, in any of the dialects (wire 10.1, 7.5), and the stamp that it names. Null when it says that its quote
 * was removed, undefined when it says nothing. A stamp that stands in it whole is only its id (federation rule 213).
 */
export function quoteIn(object: Json): { uri: string; stampUri: string | null } | null | undefined {
  const named = names.map((name) => object[name]).find((value) => value !== undefined && value !== null)
  if (isJson(named) && typeOf(named, ['Tombstone'])) return null
  const uri = idOf(named) ?? linkedQuote(object)
  if (!uri || !isWeb(uri) || uri.length > 2048) return undefined
  const stamp = idOf(object.quoteAuthorization)
  return { uri, stampUri: stamp && isWeb(stamp) && stamp.length <= 2048 ? stamp : null }
}

const activityType = /^application\/(activity\+json|ld\+json)\b/i

// FEP-e232: a link to an object, which is quoted when the link says so.
const linkedQuote = (object: Json): string | undefined =>
  objectsOf(object.tag)
    .slice(0, 116)
    .filter((tag) => typeOf(tag, ['Link']) && activityType.test(textOf(tag.mediaType) ?? ''))
    .flatMap((tag) => {
      const [href, name] = [textOf(tag.href), textOf(tag.name) ?? '']
      const isQuote = idsOf(tag.rel).some((rel) => /quote$/i.test(rel)) || /^RE:/i.test(name) || name === href
      return href && isQuote ? [href] : []
    })[0]

/** Who may quote a post, as its author says; null when they say nothing (wire 10.5). */
export function quotePolicyIn(object: Json, author: Account): QuotePolicy | null {
  const policy = isJson(object.interactionPolicy) ? object.interactionPolicy.canQuote : undefined
  if (!isJson(policy)) return null
  return {
    automatic: audiencesOf(policy.automaticApproval ?? policy.always, author),
    manual: audiencesOf(policy.manualApproval ?? policy.approvalRequired, author),
  }
}

function audiencesOf(value: unknown, author: Account): QuoteAudience[] {
  const found = idsOf(value).flatMap((id): QuoteAudience[] => {
    if (isPublic(id)) return ['public']
    if (id === author.followersUrl) return ['followers']
    if (id === author.followingUrl) return ['following']
    // Only the author themselves: nobody.
    return id === accountUri(author) ? [] : ['unsupported_policy']
  })
  return [...new Set(found)]
}

const trailing =
  /((?:<br\s*\/?>\s*)*)RE:\s*(<\/span>)?\s*(<a\s[^<>]*href="([^"]+)"[^<>]*>[^<>]*<\/a>)\s*(<\/p>)?\s*$/i
const REACH = 8192

/**
 * Marks the address of the quoted post at the end of a text as what clients hide when they show the quote: some servers
 * write it without the class that says so (wire 10.1).
 */
export function markQuote(html: string, uri: string | undefined): string {
  if (uri === undefined || html.includes('quote-inline')) return html
  const start = Math.max(0, html.length - REACH)
  const found = trailing.exec(html.slice(start))
  if (!found || found[4]?.replaceAll('&amp;', '&') !== uri) return html
  const [, breaks = '', close = '', link = '', , end = ''] = found
  const before = html.slice(0, start + found.index)
  return `${before}${close}<span class="quote-inline">${breaks}RE: ${link}</span>${end}`
}
