import { instance } from '#config/instance'
import { fileUrl } from '#core/media/medium-addresses'
import type { MediumSize } from '#core/media/medium.model'
import type { MediumCard } from '#core/posts/post.queries'

/** An attachment of a post (MEDIA-10, MEDIA-13). */
export function attachmentJson(medium: MediumCard) {
  const proxy = medium.remoteUrl ? `${instance.origin}/media_proxy/${medium.id}` : null
  const url = medium.fileKey ? fileUrl(medium.fileKey) : proxy && `${proxy}/original`
  return {
    id: medium.id,
    type: medium.kind,
    url,
    preview_url: medium.previewKey ? fileUrl(medium.previewKey) : proxy ? `${proxy}/small` : url,
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
    ...(focusX === null && focusY === null ? {} : { focus: { x: focusX ?? 0, y: focusY ?? 0 } }),
  }
}

const sizeJson = ({ width, height, frameRate, ...rest }: Partial<MediumSize>) => ({
  ...(width && height ? { width, height, size: `${width}x${height}`, aspect: width / height } : {}),
  ...(frameRate ? { frame_rate: frameRate } : {}),
  ...rest,
})
