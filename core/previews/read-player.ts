import { isOurs } from '../addresses.ts'
import { escapeHtml, walkHtml } from '#platform/html'
import { line, webAddress } from './read-page.ts'

/** What an oEmbed answer adds to a card: a picture, or a player in a frame of our own making. */
export type Player = {
  kind: 'link' | 'photo' | 'video'
  title: string
  authorName: string
  authorUrl: string
  providerName: string
  providerUrl: string
  html: string
  embedUrl: string
  width: number
  height: number
  thumbnailUrl: string | null
}

const LARGEST = 8192
const NAME = 255
const usual = { width: 640, height: 360 }
/** Scripts of the player run in its own origin, and lead nowhere but to new windows. */
const sandbox =
  'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation allow-forms'

/**
 * Reads an oEmbed answer. Of its HTML only the address of its one frame is taken, and only a secure one that is not ours;
 * anything else, and answers of type `rich`, which ask for scripts in our page, leave a plain card.
 */
export function readPlayer(answer: unknown, url: string): Player | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined
  const told = answer as Record<string, unknown>
  const text = (key: string): string => (typeof told[key] === 'string' ? (told[key] as string) : '')
  const address = (key: string): string => webAddress(text(key), url) ?? ''
  return {
    title: line(text('title'), NAME),
    authorName: line(text('author_name'), NAME),
    authorUrl: address('author_url'),
    providerName: line(text('provider_name'), NAME),
    providerUrl: address('provider_url'),
    thumbnailUrl: address('thumbnail_url') || null,
    ...(text('type') === 'photo'
      ? photo(told, address('url'))
      : {
          ...none,
          ...(text('type') === 'video' ? video(told, text('html')) : {}),
        }),
  }
}

type Shown = Pick<Player, 'kind' | 'html' | 'embedUrl' | 'width' | 'height'>
const none: Shown = { kind: 'link', html: '', embedUrl: '', width: 0, height: 0 }

const photo = (told: Record<string, unknown>, embedUrl: string): Shown =>
  embedUrl ? { kind: 'photo', html: '', embedUrl, width: size(told.width), height: size(told.height) } : none

function video(told: Record<string, unknown>, html: string): Shown {
  const src = frameIn(html)
  if (!src) return none
  const width = size(told.width) || usual.width
  const height = size(told.height) || usual.height
  const frame = `<iframe src="${escapeHtml(src)}" width="${width}" height="${height}" allow="fullscreen; picture-in-picture; encrypted-media" allowfullscreen loading="lazy" referrerpolicy="strict-origin-when-cross-origin" sandbox="${sandbox}" frameborder="0"></iframe>`
  return { kind: 'video', html: frame, embedUrl: '', width, height }
}

/** The address of the only frame in some HTML; undefined when there is none, or more than one. */
function frameIn(html: string): string | undefined {
  const frames: string[] = []
  walkHtml(html.slice(0, 20_000), {
    open(name, attributes) {
      if (name === 'iframe') frames.push(attributes.src ?? '')
    },
    text() {},
    close() {},
  })
  const src =
    frames.length === 1 ? webAddress((frames[0] ?? '').replace(/^\/\//, 'https://'), 'about:blank') : null
  return src?.startsWith('https://') && !isOurs(src) ? src : undefined
}

function size(value: unknown): number {
  const number = Math.floor(Number(value))
  return number > 0 && number <= LARGEST ? number : 0
}
