import { isFile } from './read-attachments.ts'
import { channelOf } from './read-people.ts'
import {
  isJson,
  type Json,
  many,
  objectsOf,
  sameOrigin,
  textOf,
  timeOf,
  typeOf,
  urlOf,
} from '../properties.ts'

const LINKS = 8

/** Everything but notes and questions is shown as title, text and link; its `summary` is an excerpt (wire 6.2). */
export const isLong = (object: Json): boolean => typeOf(object, ['Note', 'Question']) === undefined

/**
 * What of an article, a page, a video, an event or something unknown is shown: title, when and where, the excerpt or else
 * the text, and links; the ones to the thing itself and its channel stay on their server (wire 6.2, 6.4, 6.5; features notes-11,
 * articles-01, articles-04, events-01, video-01; federation rule 164). Not sanitised yet.
 */
export function longFormHtml(object: Json, content: string): string {
  const [url, id] = [urlOf(object.url), textOf(object.id)]
  const page = (url && sameOrigin(url, id) ? url : id) ?? ''
  const isArticle = typeOf(object, ['Article', 'Audio', 'Image']) !== undefined
  const text = isArticle ? excerptOf(object) || content : content || excerptOf(object)
  const links = [...new Set([...linksOf(object), page, channelOf(object) ?? ''])]
  return [titleHtml(object), occasionHtml(object), text, ...links.map(linkHtml)].join('')
}

/** The title in a paragraph of its own, or nothing. */
export const titleHtml = (object: Json): string => {
  const name = textOf(object.name)
  return name ? `<p><strong>${escape(name)}</strong></p>` : ''
}

/** The content of what says that it is plain text or Markdown, as HTML that reads the same. */
export const fromPlain = (text: string): string =>
  text
    .trim()
    .split(/(?:\r?\n){2,}/)
    .map((part) => `<p>${escape(part).replaceAll(/\r?\n/g, '<br>')}</p>`)
    .join('')

const excerptOf = (object: Json): string => {
  const preview = isJson(object.preview) ? textOf(object.preview.content) : undefined
  return textOf(object.summary) || preview || ''
}

/** What a link post is about: its Link attachments, else where its `url` leads when that is another server (feature articles-04). */
function linksOf(object: Json): string[] {
  const attached = objectsOf(object.attachment).filter((each) => typeOf(each, ['Link']) && !isFile(each))
  const found = attached.flatMap((each) => urlOf(each.href) ?? urlOf(each.url) ?? [])
  const isBare = many(object.attachment).length === 0
  const url = typeOf(object, ['Page']) && isBare ? urlOf(object.url) : undefined
  return url && !sameOrigin(url, textOf(object.id)) ? [url] : found.slice(0, LINKS)
}

function occasionHtml(object: Json): string {
  if (!typeOf(object, ['Event'])) return ''
  const times = [object.startTime, object.endTime].flatMap((each) => timeOf(each) ?? [])
  const zone = textOf(object.timezone) ?? 'UTC'
  const when = times.map((time) => dateText(time, zone)).join(' – ')
  const where = objectsOf(object.location).flatMap(placeText).slice(0, 2)
  const status = textOf(object['ical:status']) ?? textOf(object.status)
  const state = status === 'CANCELLED' || status === 'TENTATIVE' ? [status.toLowerCase()] : []
  const said = [when && `${when} (${zone})`, ...where, ...state].filter(Boolean)
  return said.length > 0 ? `<p>${said.map((each) => escape(each)).join('<br>')}</p>` : ''
}

// A place has a name, an address in parts, both, or is somewhere on the web (feature events-02).
function placeText(place: Json): string[] {
  const address = isJson(place.address) ? place.address : {}
  const parts = ['streetAddress', 'postalCode', 'addressLocality', 'addressRegion', 'addressCountry']
  const said = [place.name, ...parts.map((part) => address[part])].flatMap(
    (each) => textOf(each)?.trim() || [],
  )
  const whole = [...new Set(said)].join(', ') || textOf(place.address) || textOf(place.url)
  return whole ? [whole.slice(0, 500)] : []
}

const dateText = (time: Date, timeZone: string): string => {
  try {
    return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(time)
  } catch {
    return time.toISOString()
  }
}

/** A link in a paragraph of its own, or nothing. */
export const linkHtml = (url: string): string =>
  url ? `<p><a href="${escape(url)}">${escape(url)}</a></p>` : ''

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
