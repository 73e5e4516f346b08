import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { listen } from '#test/support/listener'

/** A message as a push service gets it. */
export type Delivered = { path: string; headers: Record<string, string>; body: Buffer }

/** An app as push services know it: its keys, and how it opens what comes. */
export function pushReceiver() {
  const pair = createECDH('prime256v1')
  const point = pair.generateKeys()
  const auth = randomBytes(16)
  return {
    keys: { p256dh: point.toString('base64url'), auth: auth.toString('base64url') },
    open: (message: Delivered): unknown => {
      const isStandard = message.headers['content-encoding'] === 'aes128gcm'
      const plain = isStandard ? openStandard(message.body) : openLegacy(message)
      return JSON.parse(plain.toString())
    },
  }

  /** RFC 8291: salt, record size and sender's key stand before the one record, which ends with a 2. */
  function openStandard(body: Buffer): Buffer {
    const [salt, length] = [body.subarray(0, 16), body[20]!]
    const sender = body.subarray(21, 21 + length)
    const shared = pair.computeSecret(sender)
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), point, sender])
    const secret = Buffer.from(hkdfSync('sha256', shared, auth, info, 32))
    const record = decrypt(body.subarray(21 + length), {
      key: derive(secret, salt, 'Content-Encoding: aes128gcm\0', 16),
      nonce: derive(secret, salt, 'Content-Encoding: nonce\0', 12),
    })
    return record.subarray(0, record.lastIndexOf(2))
  }

  /** The fourth draft: salt and key in headers, the padding before the text. */
  function openLegacy({ body, headers }: Delivered): Buffer {
    const salt = Buffer.from(/salt=([\w-]+)/.exec(headers['encryption']!)![1]!, 'base64url')
    const sender = Buffer.from(/dh=([\w-]+)/.exec(headers['crypto-key']!)![1]!, 'base64url')
    const shared = pair.computeSecret(sender)
    const secret = Buffer.from(hkdfSync('sha256', shared, auth, 'Content-Encoding: auth\0', 32))
    const sized = (key: Buffer) => Buffer.concat([Buffer.from([0, key.length]), key])
    const context = Buffer.concat([Buffer.from('P-256\0'), sized(point), sized(sender)])
    const info = (name: string) => Buffer.concat([Buffer.from(`Content-Encoding: ${name}\0`), context])
    const record = decrypt(body, {
      key: derive(secret, salt, info('aesgcm'), 16),
      nonce: derive(secret, salt, info('nonce'), 12),
    })
    return record.subarray(2 + record.readUInt16BE(0))
  }
}

const derive = (secret: Buffer, salt: Buffer, info: string | Buffer, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, length))

function decrypt(sealed: Buffer, { key, nonce }: { key: Buffer; nonce: Buffer }): Buffer {
  const decipher = createDecipheriv('aes-128-gcm', key, nonce)
  decipher.setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
}

/** What a token in a header says, when the key of this instance has signed it; fails otherwise. */
export function readJwt(jwt: string, publicKey: string): Record<string, unknown> {
  const [head, claims, signature] = jwt.split('.') as [string, string, string]
  const bytes = Buffer.from(publicKey, 'base64url')
  const [x, y] = [bytes.subarray(1, 33), bytes.subarray(33)].map((part) => part.toString('base64url'))
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: x!, y: y! }, format: 'jwk' })
  const isRight = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  if (!isRight) throw new Error('the token is not signed by this key')
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>
}

/** A push service on loopback that keeps what it gets and answers `status`. */
export async function startPushService() {
  const service = { delivered: [] as Delivered[], status: 201, answer: '', url: '' }
  const { url } = await listen((request, response) => {
    void buffer(request).then((body) => {
      const headers = request.headers as Record<string, string>
      service.delivered.push({ path: request.url ?? '', headers, body })
      response.writeHead(service.status).end(service.answer)
    })
  })
  service.url = url
  return service
}
