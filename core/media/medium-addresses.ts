import { instance } from '#config/instance'
import type { Id } from '#platform/ids'

/** What decides where a picture is shown from: its files here, or the address it has elsewhere. */
export type Kept = { id: Id; fileKey: string | null; staticKey: string | null; remoteUrl: string | null }

/** The address of a file in the store. */
export const fileUrl = (key: string): string => `${instance.origin}/media/${key}`

/**
 * Where a picture is shown from, moving and still: its own files, else the proxy that fetches it at the first look
 * (MEDIA-13); undefined while there is neither.
 */
export function pictureUrls(medium: Kept): { url: string; staticUrl: string } | undefined {
  if (medium.fileKey)
    return { url: fileUrl(medium.fileKey), staticUrl: fileUrl(medium.staticKey ?? medium.fileKey) }
  if (!medium.remoteUrl) return undefined
  const url = `${instance.origin}/media_proxy/${medium.id}/original`
  return { url, staticUrl: url }
}
