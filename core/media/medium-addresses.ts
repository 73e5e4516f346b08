import { createHmac, timingSafeEqual } from 'node:crypto'
import { instance } from '#config/instance'
import type { Id } from '#platform/ids'
import { secretFor } from '#platform/secrets'
import { publicUrl } from '#platform/storage'
import type { MediumKind } from './medium.model.ts'

/** What decides where a picture is shown from: its files here, or the address it has elsewhere. */
export type Kept = { id: Id; fileKey: string | null; staticKey: string | null; remoteUrl: string | null }

/** What decides where an attachment is shown from. */
export type Shown = {
  id: Id
  kind: MediumKind
  fileKey: string | null
  previewKey: string | null
  remoteUrl: string | null
  remotePreviewUrl: string | null
}

/** The address of a file in the store. */
export const fileUrl = (key: string): string => publicUrl(key)

/** Which file of a medium elsewhere: the whole, or the small picture that stands for it. */
export type Form = 'original' | 'small'

/**
 * The address here from which a medium elsewhere is fetched at the first look (MEDIA-13). It is signed: nobody makes this
 * server fetch what it has not shown (federation rule 110, CVE-2024-49363).
 */
export const proxyUrl = (id: Id, form: Form): string =>
  `${instance.origin}/media_proxy/${id}/${form}?s=${signatureOf(id)}`

/** Was this address of the proxy made here? */
export function isSigned(id: Id, signature: unknown): boolean {
  const [right, given] = [
    Buffer.from(signatureOf(id)),
    Buffer.from(typeof signature === 'string' ? signature : ''),
  ]
  return right.length === given.length && timingSafeEqual(right, given)
}

let secret: Buffer | undefined
const signatureOf = (id: Id): string => {
  secret ??= secretFor('media proxy')
  return createHmac('sha256', secret).update(id).digest('base64url').slice(0, 22)
}

/**
 * Where a picture is shown from, moving and still: its own files, else the proxy that fetches it at the first look
 * (MEDIA-13); undefined while there is neither.
 */
export function pictureUrls(medium: Kept): { url: string; staticUrl: string } | undefined {
  if (medium.fileKey)
    return { url: fileUrl(medium.fileKey), staticUrl: fileUrl(medium.staticKey ?? medium.fileKey) }
  if (!medium.remoteUrl) return undefined
  return { url: proxyUrl(medium.id, 'original'), staticUrl: proxyUrl(medium.id, 'small') }
}

/**
 * Where an attachment and its preview are shown from; null while it is being processed, and for a preview that there
 * will never be. What is of no kind that is taken is linked to where it lies (MEDIA-13).
 */
export function attachmentUrls(medium: Shown): { url: string | null; previewUrl: string | null } {
  const { id, kind, fileKey, previewKey, remoteUrl, remotePreviewUrl } = medium
  if (remoteUrl && kind === 'unknown' && !fileKey) return { url: remoteUrl, previewUrl: null }
  const hasPreview = kind !== 'audio' || remotePreviewUrl !== null
  const proxied = (form: Form) => (remoteUrl ? proxyUrl(id, form) : null)
  return {
    url: fileKey ? fileUrl(fileKey) : proxied('original'),
    previewUrl: previewKey ? fileUrl(previewKey) : hasPreview && !fileKey ? proxied('small') : null,
  }
}
