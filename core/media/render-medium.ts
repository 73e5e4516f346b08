import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { findMediaPrograms } from '#platform/media-programs'
import type { MediaOutcome, MediaTask } from '#platform/media-tasks'
import { type MediaType, sniffMediaType } from '#platform/media-type'
import { runMediaTask } from '#platform/run-media-task'
import { openStore } from '#platform/storage'
import { newKey } from '#platform/storage-keys'
import type { Medium, MediumPurpose } from './medium.model.ts'
import { frames } from './medium.policy.ts'

type Owned = Pick<Medium, 'id' | 'ownerId' | 'remoteUrl'> & { purpose: MediumPurpose }

/** The columns that follow from the files that were made. */
export type Rendered = Partial<
  Pick<Medium, 'kind' | 'mimeType' | 'fileKey' | 'previewKey' | 'staticKey' | 'blurhash' | 'meta' | 'bytes'>
>

/**
 * Makes what is shown of the file `input` in a job folder, confined, and puts it in the store under new keys. Throws
 * Invalid when the fault is the file's, Unavailable when the store or the programs are away.
 */
export async function renderMedium(
  medium: Owned,
  folder: string,
  input: string,
  type: MediaType,
): Promise<Rendered> {
  const outcome = await runMediaTask(await taskFor(medium, input, type), folder, whose(medium))
  return { kind: outcome.kind, ...(await keepFiles(medium, folder, outcome)) }
}

/** Makes a preview of the picture `input`, for a video or sound (MEDIA-05). Throws as `renderMedium`. */
export async function renderThumbnail(medium: Owned, folder: string, input: string): Promise<Rendered> {
  return keepFiles(medium, folder, await runMediaTask({ do: 'preview', input }, folder, whose(medium)))
}

const whose = ({ ownerId, remoteUrl }: Owned) => ({ owner: ownerId, isOwn: remoteUrl === null })

async function taskFor({ purpose }: Owned, input: string, type: MediaType): Promise<MediaTask> {
  if (purpose === 'preview') return { do: 'preview', input }
  if (purpose !== 'attachment') return { do: 'framed', input, frame: frames[purpose] }
  return { do: 'attachment', input, type, ...(type.demuxer && { programs: await findMediaPrograms() }) }
}

async function keepFiles(medium: Owned, folder: string, outcome: MediaOutcome): Promise<Rendered> {
  const keep = async (file: string | undefined) => (file ? keepFile(medium, join(folder, file)) : undefined)
  const [original, small, still] = [
    await keep(outcome.original),
    await keep(outcome.small),
    await keep(outcome.still),
  ]
  return {
    ...(original && { fileKey: original.key, mimeType: original.mimeType, bytes: `${original.bytes}` }),
    ...(small && { previewKey: small.key }),
    ...(still && { staticKey: still.key }),
    ...(outcome.blurhash && { blurhash: outcome.blurhash }),
    meta: outcome.meta,
  }
}

/** What the file is, its own bytes say: the process that made it may have been taken over (threat control W5). */
async function keepFile({ id, remoteUrl }: Owned, path: string) {
  const type = await sniffMediaType(path)
  if (!type) throw new Error('what was made is no medium')
  const key = newKey(remoteUrl ? 'cache' : 'files', id, type.extension)
  await (await openStore()).put(key, path, type.mimeType)
  return { key, mimeType: type.mimeType, bytes: (await stat(path)).size }
}
