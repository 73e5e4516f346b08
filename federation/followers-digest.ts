import { createHash } from 'node:crypto'
import type { Id } from '#platform/ids'
import { followersOf } from './audience.ts'
import { idsOf, type Json, sameOrigin } from './properties.ts'
import { coversHeader } from './signatures/verify-signature.ts'
import { headerLines, type RequestSnapshot } from './signatures/signature.ts'

const HEADER = 'collection-synchronization'

/** What a server says about the followers on ours of somebody there: what they come to, and where they are listed. */
export type FollowersDigest = { collectionId: string; url: string; digest: string }

/** Is an activity of this sender addressed to followers? */
export function isForFollowers(senderId: Id, body: string): boolean {
  const followers = followersOf(senderId)
  // Most that is for others does not name the collection at all, and need not be read.
  if (!body.includes(`"${followers}"`)) return false
  const { to, cc } = JSON.parse(body) as Json
  return [...idsOf(to), ...idsOf(cc)].includes(followers)
}

/**
 * The header that tells a server which of its people follow the sender, for what is addressed to followers (FEP-8fcf,
 * federation rule 190). `bits` is the digest as the database keeps it, absent for nobody.
 */
export function digestHeader(senderId: Id, bits: string | undefined): Record<string, string> {
  const followers = followersOf(senderId)
  const digest = BigInt(`0b${bits ?? 0}`)
    .toString(16)
    .padStart(64, '0')
  return {
    [HEADER]: `collectionId="${followers}", url="${followers}_synchronization", digest="${digest}"`,
  }
}

/** The digest of these ids: the XOR of their SHA-256 in small hexadecimal. */
export function digestOf(ids: readonly string[]): string {
  const sum = Buffer.alloc(32)
  for (const id of ids) {
    const hash = createHash('sha256').update(id).digest()
    for (let at = 0; at < sum.length; at += 1) sum[at]! ^= hash[at]!
  }
  return sum.toString('hex')
}

const LONGEST = 4096
const part = /(\w+)="([^"]*)"/g

/**
 * What a request says about followers of its sender, when the signature covers that and everything in it is of the
 * sender's host; undefined for anything else.
 */
export function readDigest(request: RequestSnapshot, actorUri: string): FollowersDigest | undefined {
  const [line, ...more] = headerLines(request.headers, HEADER)
  if (line === undefined || more.length > 0 || line.length > LONGEST) return undefined
  const parts = new Map([...line.matchAll(part)].map(([, name, value]) => [name, value]))
  const [collectionId, url, digest] = ['collectionId', 'url', 'digest'].map((name) => parts.get(name))
  if (!collectionId || !url || !/^[\da-f]{64}$/i.test(digest ?? '')) return undefined
  if (!sameOrigin(collectionId, actorUri) || !sameOrigin(url, actorUri)) return undefined
  if (!coversHeader(request, HEADER)) return undefined
  return { collectionId, url, digest: digest!.toLowerCase() }
}
