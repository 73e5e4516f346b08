import { createECDH } from 'node:crypto'
import { secretFor } from './secrets.ts'

let keys: { publicKey: string; privateKey: string } | undefined

/**
 * The P-256 pair that push services know this instance by, in base64url: the public key uncompressed (INST-16,
 * PUSH-10). It follows from the secret of the instance, so it is the same in every process and needs no row.
 */
export function vapidKeys(): { publicKey: string; privateKey: string } {
  if (keys) return keys
  const privateKey = secretFor('vapid')
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(privateKey)
  keys = {
    publicKey: pair.getPublicKey().toString('base64url'),
    privateKey: privateKey.toString('base64url'),
  }
  return keys
}
