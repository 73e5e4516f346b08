import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { instance } from '#config/instance'
import { codeOf } from './errors.ts'

/**
 * The root secret of the instance: made at the first start, kept in the data folder and nowhere else, so that a
 * copy of the database alone gives no keys away. Whoever loses it loses the private keys of all accounts.
 */
function rootSecret(): Buffer {
  const path = join(instance.data, 'secret')
  mkdirSync(instance.data, { recursive: true, mode: 0o700 })
  try {
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
  return Buffer.from(readFileSync(path, 'utf8').trim(), 'base64url')
}

let root: Buffer | undefined

/** A secret for one purpose, the same in every process of the instance: 32 bytes derived from the root secret. */
export const secretFor = (purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', (root ??= rootSecret()), 'kith', purpose, 32))

/** Seals a text (AES-256-GCM) so that only this instance can open it; `purpose` must be the same at both ends. */
export function seal(purpose: string, text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', secretFor(purpose), nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** Opens what `seal` made. Throws when it was changed, or sealed elsewhere. */
export function unseal(purpose: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', secretFor(purpose), bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}
