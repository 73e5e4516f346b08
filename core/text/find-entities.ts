import { domainToASCII } from 'node:url'

import { normalizeHashtag } from '#core/text/normalize-hashtag'
import { findLinks } from '#platform/links'

/** A URL, a mention or a hashtag in a text, from `start` up to but not including `end` (UTF-16 offsets). */
export type Entity = Link | Mention | Hashtag
export type Link = { kind: 'link'; start: number; end: number; url: string }
export type Mention = {
  kind: 'mention'
  start: number
  end: number
  username: string
  /** In lower case and ASCII (`xn--…`), with the port if one was typed; null when there is none. */
  domain: string | null
  /** What all spellings of one mention share: `user` or `user@domain`, in lower case. */
  handle: string
}
export type Hashtag = { kind: 'hashtag'; start: number; end: number; name: string; display: string }

const mention =
  /(?<![\p{L}\p{M}\p{N}_=/@])@(?<username>\w+(?:[.-]+\w+)*)(?:@(?<domain>[\p{L}\p{M}\p{N}_]+(?:[.-]+[\p{L}\p{M}\p{N}_]+)*(?::\d{2,5}(?!\d))?))?(?<after>@|:\/\/)?/gu

// Variation selectors and enclosing keycaps are marks, but belong to emoji (#️⃣, 1️⃣).
const hashtag =
  /(?<![\p{L}\p{M}\p{N}_=\/\)]|&)[#＃](?<display>[\p{L}\p{Nd}_](?:[[\p{L}\p{M}\p{Nd}_·・\u200c]--[\p{Variation_Selector}\u20d0-\u20ff]]*[[\p{L}\p{M}\p{Nd}_]--[\p{Variation_Selector}\u20d0-\u20ff]])?)(?<after>:\/\/)?/gv

/**
 * What composing, counting and finding agree on: every link, mention and hashtag of a text in order, none inside
 * another (POST-12, HTML-12). Says nothing about whether an account exists. Time is linear in the text.
 */
export function findEntities(text: string): Entity[] {
  const links = findLinks(text).map(({ start, end, url }): Link => ({ kind: 'link', start, end, url }))
  const rest = hideLinks(text, links)
  const entities = [...links, ...mentionsOf(rest), ...hashtagsOf(rest)]
  return entities.sort((a, b) => a.start - b.start)
}

/** A slash keeps the place of what it stands for, ends a word and lets nothing begin right after it. */
function hideLinks(text: string, links: Link[]): string {
  const parts: string[] = []
  let done = 0
  for (const { start, end } of links) {
    parts.push(text.slice(done, start), '/'.repeat(end - start))
    done = end
  }
  return parts.join('') + text.slice(done)
}

function* mentionsOf(text: string): Generator<Mention> {
  for (const match of text.matchAll(mention)) {
    const { username = '', domain, after } = match.groups ?? {}
    if (after !== undefined || username.length > 255) continue
    const host = domain === undefined ? null : canonicalDomain(domain)
    if (host === '') continue
    const handle = (host === null ? username : `${username}@${host}`).toLowerCase()
    const end = match.index + match[0].length
    yield { kind: 'mention', start: match.index, end, username, domain: host, handle }
  }
}

/** A domain as it is compared, or the empty string when it cannot be one. */
function canonicalDomain(domain: string): string {
  const [host = '', port] = domain.split(':')
  // The IDNA mapping is for other scripts only: it would read 1.2 as an address.
  const ascii = /^[\w.-]+$/.test(host) ? host.toLowerCase() : domainToASCII(host)
  const fits =
    ascii.length <= 253 && ascii.split('.').every((label) => label.length > 0 && label.length <= 63)
  if (!fits) return ''
  return port === undefined ? ascii : `${ascii}:${port}`
}

function* hashtagsOf(text: string): Generator<Hashtag> {
  for (const match of text.matchAll(hashtag)) {
    const { display = '', after } = match.groups ?? {}
    const name = after === undefined ? normalizeHashtag(display) : null
    if (name === null) continue
    const end = match.index + match[0].length
    yield { kind: 'hashtag', start: match.index, end, name, display }
  }
}
