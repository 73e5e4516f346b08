import { instance } from '#config/instance'
import { objects } from '#config/objects'
import type { Store } from './storage-keys.ts'
import { localStore } from './storage-local.ts'

/** The address that people get a file from. */
export const publicUrl = (key: string): string =>
  `${objects.s3?.publicUrl?.replace(/\/$/, '') ?? `${instance.origin}/media`}/${key}`

let opened: Promise<Store> | undefined

/** The store of this instance: object storage when it is configured, else the data folder. */
export const openStore = (): Promise<Store> => (opened ??= choose())

async function choose(): Promise<Store> {
  if (!objects.s3) return localStore(`${instance.data}/media`)
  const { s3Store } = await import('./storage-s3.ts')
  return s3Store(objects.s3)
}
