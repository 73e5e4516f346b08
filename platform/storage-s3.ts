import { createWriteStream, openAsBlob } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { S3mini, S3ServiceError } from 's3mini'
import { NotFound, Unavailable } from './errors.ts'
import { operatorFetch } from './http-operator.ts'
import { isKey, type Part, type Store } from './storage-keys.ts'

type Bucket = {
  endpoint: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

const PAGE = 1000

/** Files in an S3 bucket: the second real home of media, for those whose machines come and go. */
export function s3Store({ endpoint, bucket, ...access }: Bucket): Store {
  const s3 = new S3mini({
    ...access,
    endpoint: `${endpoint.replace(/\/$/, '')}/${bucket}`,
    fetch: operatorFetch,
  })
  const read = (key: string, part?: Part) =>
    told(async () => {
      const { body } = await s3.getObjectRaw(safe(key), !part, part?.start, part && part.end + 1)
      return Readable.fromWeb(body as ReadableStream)
    })
  return {
    put: (key, path, mimeType) =>
      told(async () => void (await s3.putAnyObject(safe(key), await openAsBlob(path), mimeType))),
    size: (key) =>
      told(async () => ((await s3.objectExists(safe(key))) ? s3.getContentLength(key) : undefined)),
    read,
    save: (key, path) => told(async () => pipeline(await read(key), createWriteStream(path))),
    remove: (keys) => told(() => remove(s3, keys.map(safe))),
    assertRoom: () => Promise.resolve(),
    list: (shelf, before) => walk(s3, `${shelf}/`, before),
  }
}

const safe = (key: string): string => {
  if (!isKey(key)) throw new NotFound()
  return key
}

async function remove(s3: S3mini, keys: string[]): Promise<void> {
  const removed = keys.length > 0 ? await s3.deleteObjects(keys) : []
  if (removed.includes(false)) throw new Unavailable('Not every file could be removed')
}

async function* walk(s3: S3mini, prefix: string, before: Date): AsyncGenerator<string> {
  let token: string | undefined
  do {
    const page = await told(() => s3.listObjectsPaged('/', prefix, PAGE, token))
    for (const { Key, LastModified } of page?.objects ?? []) if (LastModified < before) yield Key
    token = page?.nextContinuationToken
  } while (token)
}

async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof NotFound || error instanceof Unavailable) throw error
    if (error instanceof S3ServiceError && error.status === 404)
      throw new NotFound(undefined, { cause: error })
    throw new Unavailable('Media cannot be stored at the moment', { cause: error })
  }
}
