import { ECDH } from 'node:crypto'
import { Invalid } from '#platform/errors'
import { isReachable } from '#platform/push'

const LONGEST = 2048
const SECRET = 16

/** Where and with which keys an app is woken, as it says. */
export type PushKeys = { endpoint: string; p256dh: string; auth: string }

/**
 * Checks what an app says of its push service: an address that may be reached, a point of P-256, a secret of 16 bytes,
 * both in base64url, with padding or without (PUSH-01). Gives the keys without padding. Throws Invalid.
 */
export function checkPushKeys({ endpoint, p256dh, auth }: PushKeys): PushKeys {
  if (endpoint.length > LONGEST || !isReachable(endpoint))
    throw new Invalid('Validation failed: Endpoint is not a valid URL')
  const [point, secret] = [Buffer.from(p256dh, 'base64url'), Buffer.from(auth, 'base64url')]
  if (!isPoint(point) || secret.length !== SECRET)
    throw new Invalid('Validation failed: Key p256dh or auth is invalid')
  return { endpoint, p256dh: point.toString('base64url'), auth: secret.toString('base64url') }
}

function isPoint(bytes: Buffer): boolean {
  if (bytes.length !== 65 || bytes[0] !== 4) return false
  try {
    ECDH.convertKey(bytes, 'prime256v1')
    return true
  } catch {
    // OpenSSL says so when the point is not on the curve.
    return false
  }
}
