import { attachmentUrls, type Shown } from '#core/media/medium-addresses'
import type { MediumMeta, MediumSize } from '#core/media/medium.model'

/** What an attachment is rendered from. */
export type MediumCard = Shown & {
  meta: MediumMeta
  focusX: number | null
  focusY: number | null
  description: string | null
  blurhash: string | null
}

/** An attachment as clients read it; `url` is null while it is being processed (MEDIA-01, MEDIA-10, MEDIA-13). */
export function mediumJson(medium: MediumCard) {
  const { url, previewUrl } = attachmentUrls(medium)
  return {
    id: medium.id,
    type: medium.kind,
    url,
    preview_url: previewUrl,
    remote_url: medium.remoteUrl,
    preview_remote_url: medium.remotePreviewUrl,
    text_url: null,
    meta: metaJson(medium),
    description: medium.description,
    blurhash: medium.blurhash,
  }
}

function metaJson({ meta, focusX, focusY }: MediumCard) {
  return {
    ...(meta.original ? { original: sizeJson(meta.original) } : {}),
    ...(meta.small ? { small: sizeJson(meta.small) } : {}),
    ...(meta.colors ? { colors: meta.colors } : {}),
    ...(focusX === null || focusY === null ? {} : { focus: { x: focusX, y: focusY } }),
  }
}

const sizeJson = ({ width, height, frameRate, ...rest }: Partial<MediumSize>) => ({
  ...(width && height ? { width, height, size: `${width}x${height}`, aspect: width / height } : {}),
  ...(frameRate ? { frame_rate: frameRate } : {}),
  ...rest,
})
