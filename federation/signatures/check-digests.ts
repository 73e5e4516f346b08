import { createHash, timingSafeEqual } from 'node:crypto'
import { type RequestSnapshot, SignatureRefused, headerLines, singleLine } from './signature.ts'
import { parseDictionary } from './structured-fields.ts'

const known = ['sha-256', 'sha-512'] as const

/**
 * Every digest of the body that came along, of either scheme, must fit the raw bytes (federation rules 2, 4). Gives
 * the names of the headers that prove the body. Throws SignatureRefused `digest`.
 */
export function checkDigests({ headers, rawBody }: RequestSnapshot): Set<'digest' | 'content-digest'> {
  const proven = new Set<'digest' | 'content-digest'>()
  const digest = singleLine(headers, 'digest')
  if (digest !== undefined && fits(cavageDigests(digest), rawBody)) proven.add('digest')
  const lines = headerLines(headers, 'content-digest')
  if (lines.length > 0 && fits(contentDigests(lines.join(', ')), rawBody)) proven.add('content-digest')
  return proven
}

/** Whether there is a digest to go by. Throws when one does not fit. */
function fits(digests: Map<string, Buffer>, body: Buffer): boolean {
  const usable = known.filter((name) => digests.has(name))
  for (const name of usable) {
    const expected = createHash(name.replace('-', '')).update(body).digest()
    const given = digests.get(name)!
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new SignatureRefused('digest', 'the digest does not match the body')
    }
  }
  return usable.length > 0
}

function cavageDigests(text: string): Map<string, Buffer> {
  const digests = new Map<string, Buffer>()
  for (const part of text.split(',')) {
    const [, name = '', value = ''] = /^\s*([\w-]+)=([A-Za-z0-9+/]+={0,2})\s*$/.exec(part) ?? []
    const key = name.toLowerCase()
    if (key === '' || digests.has(key))
      throw new SignatureRefused('digest', 'the Digest header cannot be read')
    digests.set(key, Buffer.from(value, 'base64'))
  }
  return digests
}

function contentDigests(text: string): Map<string, Buffer> {
  const digests = new Map<string, Buffer>()
  try {
    for (const [name, member] of parseDictionary(text)) {
      if ('value' in member && Buffer.isBuffer(member.value)) digests.set(name, member.value)
    }
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new SignatureRefused('digest', 'the Content-Digest header cannot be read')
    throw error
  }
  return digests
}
