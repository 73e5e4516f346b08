import { cleanText } from '../text/clean-text.ts'
import { cutText } from '../text/cut-text.ts'
import { readData } from './read-data.ts'
import { type PageHead, scanPage } from './scan-page.ts'

/** What a page says about itself: plain text, and addresses of the web that were not asked yet. */
export type PageFacts = {
  title: string
  description: string
  language: string | null
  authorName: string
  authorUrl: string
  providerName: string
  imageUrl: string | null
  imageDescription: string
  publishedAt: Date | null
  /** The handle that the page names as its author on the fediverse. */
  creator: string | null
  /** Where a player or picture may be had by oEmbed. */
  oembedUrl: string | null
}

const most = { title: 255, name: 255, description: 1000, alternative: 1500, address: 2048 }

/** Reads OpenGraph, Twitter cards, JSON-LD and plain HTML, in this order, from a page that came from `url`. */
export function readPage(html: string, url: string): PageFacts {
  const head = scanPage(html)
  const data = readData(head.data)
  const meta = (...names: string[]): string => names.map((name) => head.metas.get(name)).find(Boolean) ?? ''
  return {
    title: line(meta('og:title', 'twitter:title') || data.title || head.title, most.title),
    description: line(
      meta('og:description', 'twitter:description', 'description') || data.description,
      most.description,
    ),
    language: languageOf(data.language || head.language || meta('og:locale')),
    authorName: line(data.authorName || meta('author', 'article:author'), most.name).replace(
      /^https?:\S+$/,
      '',
    ),
    authorUrl: webAddress(data.authorUrl, url) ?? '',
    providerName: line(meta('og:site_name') || data.publisherName, most.name),
    imageUrl: webAddress(
      meta('og:image:secure_url', 'og:image:url', 'og:image', 'twitter:image', 'twitter:image:src'),
      url,
    ),
    imageDescription: line(meta('og:image:alt', 'twitter:image:alt'), most.alternative),
    publishedAt: timeOf(data.publishedAt || meta('article:published_time', 'datepublished')),
    creator: handleOf(meta('fediverse:creator')),
    oembedUrl: oembedOf(head, url),
  }
}

/** Text of a page as one line without markup, at most so many characters. */
export const line = (text: string, longest: number): string =>
  cutText(
    cleanText(text.slice(0, longest * 8))
      .replace(/\s+/g, ' ')
      .trim(),
    longest,
  )

/** An address of the web, from where it stands in a page; null for all others and for none. */
export function webAddress(href: string, base: string): string | null {
  const url = href.trim() === '' ? null : URL.parse(href.trim(), base)
  const isWeb = url !== null && /^https?:$/.test(url.protocol) && url.href.length <= most.address
  return isWeb && !url.username && !url.password ? url.href : null
}

const languageOf = (tag: string): string | null => {
  const name = tag.trim().replaceAll('_', '-')
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(name) ? name.split('-')[0]!.toLowerCase() : null
}

function timeOf(text: string): Date | null {
  const time = new Date(text)
  const isSane = !Number.isNaN(time.getTime()) && time.getTime() >= 0 && time.getUTCFullYear() < 3000
  return isSane ? time : null
}

const handleOf = (text: string): string | null =>
  /^@?[\w.-]{1,100}@[\p{L}\p{N}.:-]{1,253}$/u.test(text.trim()) ? text.trim().replace(/^@/, '') : null

function oembedOf({ links }: PageHead, url: string): string | null {
  const found = links.find(
    ({ rel, type }) => rel.includes('alternate') && /^(application|text)\/json\+oembed\b/.test(type),
  )
  return found ? webAddress(found.href, url) : null
}
