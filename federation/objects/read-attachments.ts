import { limits } from '#config/limits'
import {
  booleanOf,
  countOf,
  isJson,
  isWeb,
  type Json,
  many,
  objectsOf,
  secondsOf,
  textOf,
  typeOf,
  urlOf,
} from '../properties.ts'

export type RemoteAttachment = {
  url: string
  mimeType: string | null
  kind: 'image' | 'video' | 'audio' | 'unknown'
  description: string | null
  blurhash: string | null
  width?: number
  height?: number
  /** In seconds. */
  duration?: number
  focus?: { x: number; y: number }
  previewUrl?: string
}

type Main = 'image' | 'video' | 'audio'
type File = { url: string; mimeType: string | null; width?: number; height?: number }

const MOST = 32
const LINKS = 100
// Of several sizes of a video the largest that most people can play at once (feature video-02).
const TALLEST = 1080

/** The attachments (wire 7.4), and the thing itself when it is a medium; what is no file is left out. */
export function attachmentsOf(object: Json): RemoteAttachment[] {
  const own = typeOf(object, ['Video', 'Audio', 'Image']) ? [object] : []
  return [...many(object.attachment).slice(0, LINKS).flatMap(asMedium), ...own]
    .flatMap(readAttachment)
    .slice(0, MOST)
}

/** Is one of them marked as nothing for everybody's eyes (feature media-05)? */
export const hasSensitive = (object: Json): boolean =>
  objectsOf(object.attachment).some(({ sensitive }) => booleanOf(sensitive))

/** Does an attached link lead to a file, which is shown as a medium? */
export const isFile = (link: Json): boolean => asMedium(link).length > 0

// A bare address, or a link or page, is a medium when it says so or is called so (feature media-02).
function asMedium(value: unknown): Json[] {
  const medium = isJson(value) ? value : { type: 'Link', href: value }
  const isLink = typeOf(medium, ['Link', 'Page']) !== undefined
  if (!isLink) return [medium]
  const url = urlOf(medium.href) ?? urlOf(medium.url)
  const kind = mainOf(textOf(medium.mediaType)) ?? (url && mainByName(url))
  return url && kind ? [{ ...medium, type: 'Document', url, href: undefined }] : []
}

function readAttachment(medium: Json): RemoteAttachment[] {
  const type = typeOf(medium, ['Image', 'Video', 'Audio', 'Document'])
  const file = type && fileOf(medium, type)
  if (!file) return []
  const { url, mimeType } = file
  const [width, height] = [countOf(medium.width) ?? file.width, countOf(medium.height) ?? file.height]
  const duration = secondsOf(medium.duration)
  const focus = focusOf(medium.focalPoint)
  const hash = textOf(medium.blurhash)
  const previewUrl = urlOf(medium.icon) ?? pictureUrlOf(medium.icon)
  return [
    {
      url,
      mimeType,
      kind: mainOf(mimeType) ?? asMain(type.toLowerCase()) ?? mainByName(url) ?? 'unknown',
      description:
        (textOf(medium.name) ?? textOf(medium.summary) ?? '').slice(0, limits.media.description) || null,
      blurhash: hash && hash.length <= 100 ? hash : null,
      ...(width && height ? { width, height } : {}),
      ...(duration ? { duration } : {}),
      ...(focus ? { focus } : {}),
      ...(previewUrl ? { previewUrl } : {}),
    },
  ]
}

type Link = File & { width: number; height: number }

/** The file of a medium: of several the one that can be played best; a page, a torrent or a playlist is none. */
function fileOf(medium: Json, type: string): File | undefined {
  const said = textOf(medium.mediaType) ?? null
  const links = linksOf(medium.url).concat(linksOf(medium.href))
  const wanted = asMain(type.toLowerCase())
  const typed = links.filter(({ mimeType }) => (wanted ? mainOf(mimeType) === wanted : mainOf(mimeType)))
  const fitting = typed.filter(({ height }) => height <= TALLEST)
  const best = fitting.toSorted((a, b) => b.height - a.height)[0] ?? typed[0]
  const bare = links.find(({ mimeType }) => mimeType === null)
  if (best) return best
  // What a video says of its text is nothing about its file.
  if (bare) return { url: bare.url, mimeType: wanted && mainOf(said) !== wanted ? null : said }
  return wanted ? undefined : links.map(({ url, mimeType }) => ({ url, mimeType }))[0]
}

// The files of a playlist stand among its tags.
const linksOf = (value: unknown, depth = 0): Link[] =>
  many(value)
    .slice(0, LINKS)
    .flatMap((each) => {
      const url = isJson(each) ? (textOf(each.href) ?? textOf(each.url)) : textOf(each)
      const nested = isJson(each) && depth === 0 ? linksOf(each.tag, 1) : []
      if (!url || !isWeb(url)) return nested
      const { mediaType, width, height }: Json = isJson(each) ? each : {}
      const size = { width: countOf(width) ?? 0, height: countOf(height) ?? 0 }
      return [{ url, mimeType: textOf(mediaType) ?? null, ...size }].concat(nested)
    })

const pictureUrlOf = (value: unknown): string | undefined => {
  const icon = objectsOf(value)[0]
  return icon ? urlOf(icon.url) : undefined
}

const asMain = (word: string | undefined): Main | undefined =>
  word === 'image' || word === 'video' || word === 'audio' ? word : undefined

const mainOf = (mimeType: string | null | undefined): Main | undefined =>
  asMain(mimeType?.split('/')[0]?.toLowerCase())

const names: Record<Main, RegExp> = {
  image: /\.(jpe?g|png|gif|webp|avif)$/i,
  video: /\.(mp4|m4v|webm|mov)$/i,
  audio: /\.(mp3|m4a|ogg|oga|opus|flac|wav)$/i,
}

const mainByName = (url: string): Main | undefined => {
  const path = URL.parse(url)?.pathname ?? ''
  return (Object.keys(names) as Main[]).find((main) => names[main].test(path))
}

function focusOf(value: unknown): { x: number; y: number } | undefined {
  const [x, y] = many(value).map(Number)
  return x !== undefined && y !== undefined && Math.abs(x) <= 1 && Math.abs(y) <= 1 ? { x, y } : undefined
}
