import { randomBytes } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Id } from './ids.ts'

/** Where a file is kept: `files` for ours, `cache` for copies from elsewhere, `uploads` for what nobody may see yet. */
export type Shelf = 'files' | 'cache' | 'uploads'

/** A part of a file, both ends included, as in an HTTP range. */
export type Part = { start: number; end: number }

/** A place for files, each under a key that `newKey` made. All throw Unavailable when the place is full or away. */
export type Store = {
  /** Puts the file at `path` there, whole or not at all; what was under the key is replaced. */
  put(key: string, path: string, mimeType: string): Promise<void>
  /** Length in bytes, or undefined when there is none. */
  size(key: string): Promise<number | undefined>
  /** The bytes, or a part of them. Throws NotFound. */
  read(key: string, part?: Part): Promise<Readable>
  /** Writes the bytes to `path`. Throws NotFound. */
  save(key: string, path: string): Promise<void>
  /** Removes files; those that are not there are no error. */
  remove(keys: readonly string[]): Promise<void>
  /** Throws Unavailable when less than a twentieth of the place is free: the database must not starve. */
  assertRoom(): Promise<void>
  /** All keys of a shelf that were written before a time. */
  list(shelf: Shelf, before: Date): AsyncIterable<string>
}

/**
 * Makes a key that cannot be guessed, for a file of the medium `id`. It holds nothing that anybody else chose
 * (threat control M4); `extension` is one of our own list.
 */
export function newKey(shelf: Shelf, id: Id, extension: string): string {
  const random = randomBytes(16).toString('hex')
  return `${shelf}/${random.slice(0, 2)}/${random.slice(2, 4)}/${id}-${random}.${extension}`
}

const shape = /^(files|cache|uploads)\/[0-9a-f]{2}\/[0-9a-f]{2}\/(\d{1,19})-[0-9a-f]{32}\.[a-z0-9]{2,4}$/

/** Is this text a key, and nothing else? Whatever is not never reaches a path or a bucket (CVE-2023-5588). */
export const isKey = (text: string): boolean => shape.test(text)

/** The medium that a key belongs to, or undefined when it is no key. */
export const mediumOfKey = (key: string): Id | undefined => shape.exec(key)?.[2]
