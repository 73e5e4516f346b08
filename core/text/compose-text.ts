import { cleanText } from '#core/text/clean-text'
import { composeLink } from '#core/text/compose-link'
import { findEntities, type Entity } from '#core/text/find-entities'
import { escapeHtml } from '#platform/html'

/** A mentioned account: its profile page, its user name and its address (`user` here, `user@domain` elsewhere). */
export type MentionedAccount = { url: string; username: string; acct: string }

export type TextSetting = {
  /** Scheme and host of this server, such as `https://kith.example`. */
  origin: string
  /** The accounts that were found, by the `handle` that `findMentions` gives. */
  mentions?: ReadonlyMap<string, MentionedAccount>
  format: 'post' | 'note' | 'field'
  /** The URL of a quoted post: it goes in front unless the text has it (HTML-10). */
  quoteUrl?: string
}

/**
 * Plain text as the HTML that is served and federated (HTML-01 to HTML-08, HTML-10, HTML-12, HTML-13): everything typed
 * is escaped; links, hashtags and the mentions that were found become anchors. Posts and profile notes have paragraphs;
 * a profile field is one line, its links say `me` and its mentions show the full address. Blank text gives ''.
 */
export function composeText(text: string, setting: TextSetting): string {
  const source = cleanText(text)
  const parts: string[] = []
  const compose = composer(setting)
  let done = 0
  for (const entity of findEntities(source)) {
    const typed = source.slice(entity.start, entity.end)
    parts.push(escapeHtml(source.slice(done, entity.start)), compose(entity) ?? escapeHtml(typed))
    done = entity.end
  }
  const html = parts.join('') + escapeHtml(source.slice(done))
  if (setting.format === 'field') return linesOf(html).flat().join(' ').trim()
  return quoteOf(source, setting.quoteUrl) + paragraphs(html)
}

/** Gives the HTML of an entity, or null for a mention of nobody known (HTML-04). */
function composer({ origin, mentions, format }: TextSetting): (entity: Entity) => string | null {
  const isField = format === 'field'
  const namesakes = Map.groupBy(new Set(mentions?.values()), ({ username }) => username.toLowerCase())
  const isShared = ({ username }: MentionedAccount) =>
    new Set(namesakes.get(username.toLowerCase())?.map(({ acct }) => acct.toLowerCase())).size > 1
  return (entity) => {
    if (entity.kind === 'link') return composeLink(entity.url, isField ? 'nofollow noopener me' : undefined)
    if (entity.kind === 'hashtag') return composeHashtag(entity.display, origin)
    const account = mentions?.get(entity.handle)
    return account ? composeMention(account, isField || isShared(account)) : null
  }
}

const composeHashtag = (display: string, origin: string): string =>
  `<a href="${escapeHtml(`${origin}/tags/${encodeURIComponent(display)}`)}" class="mention hashtag" rel="tag">` +
  `#<span>${escapeHtml(display)}</span></a>`

const composeMention = ({ url, username, acct }: MentionedAccount, isFull: boolean): string =>
  `<span class="h-card" translate="no"><a href="${escapeHtml(url)}" class="u-url mention">` +
  `@<span>${escapeHtml(isFull ? acct : username)}</span></a></span>`

const quoteOf = (text: string, url?: string): string =>
  url === undefined || text.includes(url) ? '' : `<p class="quote-inline">RE: ${composeLink(url)}</p>`

/** Lines between blank lines are a paragraph (HTML-01). */
const paragraphs = (html: string): string =>
  linesOf(html)
    .map((lines) => `<p>${lines.join('<br />')}</p>`)
    .join('')

/** The lines of each paragraph; blank lines are in none. */
function linesOf(html: string): string[][] {
  const found: string[][] = [[]]
  for (const line of html.split('\n')) {
    if (line.trim() === '') found.push([])
    else found.at(-1)?.push(line)
  }
  return found.filter((lines) => lines.length > 0)
}
