import { flag, html, safeUrl, type Html } from '#server/pages/html'
import { icon } from '#server/pages/parts/icons'
import { words } from '#server/pages/words'

/** One attachment. `gif` is a silent video that repeats. Sizes are pixels, null when unknown. */
export type MediaView = {
  kind: 'image' | 'gif' | 'video' | 'audio' | 'file'
  url: string
  previewUrl: string | null
  /** Alternative text; empty when its author gave none. */
  alt: string
  width: number | null
  height: number | null
}

const say = words.post

const size = (media: MediaView): Html | false =>
  media.width !== null && media.height !== null && html` width="${media.width}" height="${media.height}"`

function image(media: MediaView): Html {
  return html`<a href="${safeUrl(media.url)}" title="${media.alt || say.openImage}"
    ><img
      src="${safeUrl(media.previewUrl ?? media.url)}"
      alt="${media.alt || say.noAlt}"
      ${size(media)}
      loading="lazy"
      decoding="async"
  /></a>`
}

function video(media: MediaView): Html {
  const poster = media.previewUrl && html` poster="${safeUrl(media.previewUrl)}"`
  const loops = media.kind === 'gif'
  return html`<video
    src="${safeUrl(media.url)}"
    ${poster}${size(media)}
    aria-label="${media.alt || say.noAlt}"
    preload="none"
    playsinline
    controls${flag('loop', loops)}
  ></video>`
}

const audio = (media: MediaView): Html =>
  html`<audio
    src="${safeUrl(media.url)}"
    aria-label="${media.alt || say.noAlt}"
    preload="none"
    controls
  ></audio>`

const file = (media: MediaView): Html =>
  html`<a class="file" href="${safeUrl(media.url)}" rel="nofollow noopener noreferrer"
    >${icon('file')} ${media.alt || say.unknownMedia}</a
  >`

function one(media: MediaView): Html {
  const shown = { image, gif: video, video, audio, file }[media.kind](media)
  const caption =
    media.alt &&
    media.kind !== 'file' &&
    html`<details class="alt">
      <summary>${say.alt}</summary>
      <p dir="auto">${media.alt}</p>
    </details>`
  return html`<div class="medium ${media.kind}">${shown}${caption}</div>`
}

/** Shows the attachments of a post as a gallery; what is sensitive waits behind a button. */
export function gallery(media: readonly MediaView[], sensitive: boolean): Html | null {
  if (media.length === 0) return null
  const visual = media.filter(({ kind }) => kind !== 'audio' && kind !== 'file')
  const rest = media.filter(({ kind }) => kind === 'audio' || kind === 'file')
  const grid = html`${visual.length > 0 && html`<div class="gallery count-${Math.min(visual.length, 4)}">${visual.map(one)}</div>`}
  ${rest.map(one)}`
  if (!sensitive) return grid
  return html`<details class="cover">
    <summary>${icon('eye')} ${say.sensitive} <small>${say.media(media.length)}</small></summary>
    ${grid}
  </details>`
}
