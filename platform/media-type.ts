import { open, type FileHandle } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'

/** One type of file that Kith takes: what it is called, what it is called on disk, and who may read it. */
export type MediaType = {
  kind: 'image' | 'video' | 'audio'
  mimeType: string
  extension: string
  /** The one ffmpeg demuxer that may open it. */
  demuxer?: string
}

const image = (mimeType: string, extension: string, demuxer?: string): MediaType => ({
  kind: 'image',
  mimeType,
  extension,
  ...(demuxer && { demuxer }),
})
const timed = (kind: 'video' | 'audio', mimeType: string, extension: string, demuxer: string): MediaType => ({
  kind,
  mimeType,
  extension,
  demuxer,
})

/** The closed list: whatever is not here is refused, whatever its name or the client says (federation rule 109). */
const types: Record<string, MediaType> = {
  'image/jpeg': image('image/jpeg', 'jpg'),
  'image/png': image('image/png', 'png'),
  'image/apng': image('image/png', 'png'),
  'image/webp': image('image/webp', 'webp'),
  'image/gif': image('image/gif', 'gif', 'gif'),
  'image/avif': image('image/avif', 'avif'),
  'video/mp4': timed('video', 'video/mp4', 'mp4', 'mov'),
  'video/x-m4v': timed('video', 'video/mp4', 'mp4', 'mov'),
  'video/quicktime': timed('video', 'video/quicktime', 'mov', 'mov'),
  'video/webm': timed('video', 'video/webm', 'webm', 'matroska'),
  'audio/mp4': timed('audio', 'audio/mp4', 'm4a', 'mov'),
  'audio/x-m4a': timed('audio', 'audio/mp4', 'm4a', 'mov'),
  'audio/mpeg': timed('audio', 'audio/mpeg', 'mp3', 'mp3'),
  'audio/ogg': timed('audio', 'audio/ogg', 'ogg', 'ogg'),
  'audio/flac': timed('audio', 'audio/flac', 'flac', 'flac'),
  'audio/wav': timed('audio', 'audio/wav', 'wav', 'wav'),
}

/** The type that a file of ours is served with, by its extension: none but those of the list, so nothing that runs. */
export const mimeTypeOf = (extension: string): string =>
  Object.values(types).find((type) => type.extension === extension)?.mimeType ?? 'application/octet-stream'

/** What an upload form may offer: the list in the instance entities. Spelling variants come first where apps look for them. */
export const acceptedMimeTypes: readonly string[] = [
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/avif',
  'video/webm',
  'video/mp4',
  'video/quicktime',
  'audio/wave',
  'audio/wav',
  'audio/x-wav',
  'audio/ogg',
  'audio/vorbis',
  'audio/mpeg',
  'audio/mp3',
  'audio/webm',
  'audio/flac',
  'audio/mp4',
  'audio/m4a',
  'audio/x-m4a',
]

/**
 * Says what a file is, from its first bytes alone, or undefined when it is nothing that Kith takes: SVG, HTML,
 * scripts, archives, playlists and everything unknown.
 */
export async function sniffMediaType(path: string): Promise<MediaType | undefined> {
  const file = await open(path)
  try {
    const head = await bytesAt(file, 0)
    if (isPacked(head)) return undefined
    const found = await fileTypeFromBuffer(await bytesAt(file, tagLength(head)))
    return found && types[found.mime.split(';')[0] ?? '']
  } finally {
    await file.close()
  }
}

const ENOUGH = 4100

async function bytesAt(file: FileHandle, position: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(ENOUGH), 0, ENOUGH, position)
  return buffer.subarray(0, bytesRead)
}

// A zip or gzip is told by its first bytes and never opened: looking inside is how a bomb goes off (CVE-2026-32630).
const isPacked = ([a, b]: Uint8Array): boolean => (a === 0x50 && b === 0x4b) || (a === 0x1f && b === 0x8b)

/** How far an ID3 tag reaches from the start, 0 without one: sound files may carry a whole picture before the sound. */
function tagLength(head: Uint8Array): number {
  if (Buffer.from(head.subarray(0, 3)).toString('latin1') !== 'ID3' || head.length < 10) return 0
  return 10 + head.subarray(6, 10).reduce((length, byte) => length * 128 + (byte & 0x7f), 0)
}
