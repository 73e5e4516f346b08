import type { KeyObject } from 'node:crypto'
import { lru } from '#platform/lru'
import { type ActorKey, type CheckAddress, type FetchDocument, fetchKey } from './fetch-key.ts'
import type { KeyStore } from './key-store.ts'
import { createKeyTurns, type KeyTurns, turnLimits } from './key-turns.ts'
import { readPublicKey } from './public-key.ts'
import { SignatureRefused } from './signature.ts'

/** A key ready for use. `isStored`: it was not fetched just now, so a newer one may exist. */
export type FoundKey = ActorKey & { key: KeyObject; isStored: boolean }

/**
 * The key of a key id, kept or else fetched. Given the key that did not verify, a newer one: fetched at most once in
 * ten minutes for each owner, undefined when there is none (federation rule 18). Throws SignatureRefused
 * `key`, `gone` or `unreachable`; such a failure is remembered for five minutes (rule 19). Throws TooMany when too many keys
 * are being fetched.
 */
export type FindKey = (keyId: string, failed?: FoundKey) => Promise<FoundKey | undefined>

export type KeyMeans = {
  store: KeyStore
  fetchDocument: FetchDocument
  checkAddress: CheckAddress
  /** Who may fetch a key, and who must come again. */
  turns?: KeyTurns
}

const minute = 60_000

export function createKeyFinder(means: KeyMeans): FindKey {
  const { store, checkAddress } = means
  const kept = lru<FoundKey>(5_000, 5 * 60)
  const fetchOnce = createFetcher(means)

  const stored = async (keyId: string): Promise<FoundKey | undefined> => {
    const found = await store.find(keyId)
    const key = found && readPublicKey(found.material)
    return found && key && { ...found, key, isStored: true }
  }
  const newest = async (keyId: string, recent: boolean): Promise<FoundKey> => {
    const found = await fetchOnce(keyId, recent)
    await store.save(found)
    return { ...found, key: readPublicKey(found.material)!, isStored: false }
  }
  const instead = async (keyId: string, failed: FoundKey): Promise<FoundKey | undefined> => {
    const other = await stored(keyId)
    if (other && other.material !== failed.material) return other
    return (await store.claim(`refetch ${failed.owner}`, 10 * minute)) ? newest(keyId, false) : undefined
  }
  return async (keyId, failed) => {
    // The cheap refusals come first: no look-up for what may not be fetched anyway.
    checkKeyId(keyId, checkAddress)
    const found = failed
      ? await instead(keyId, failed)
      : (kept.get(keyId) ?? (await stored(keyId)) ?? (await newest(keyId, true)))
    if (found) kept.set(keyId, { ...found, isStored: true })
    return found
  }
}

/** Fetches each key once, however many requests wait for it, and not again soon when that fails. */
function createFetcher({
  store,
  fetchDocument,
  checkAddress,
  turns = createKeyTurns(turnLimits()),
}: KeyMeans): (keyId: string, recent: boolean) => Promise<ActorKey> {
  const fetchUnlessFailed = async (keyId: string, recent: boolean) => {
    const failure = await store.recall(`failed ${keyId}`)
    if (failure)
      throw new SignatureRefused(
        failure === 'gone' || failure === 'unreachable' ? failure : 'key',
        'the key was not to be had just now',
      )
    try {
      return await fetchKey(keyId, (url) => fetchDocument(url, { recent }), checkAddress)
    } catch (error) {
      if (error instanceof SignatureRefused) await store.remember(`failed ${keyId}`, error.reason, 5 * minute)
      throw error
    }
  }
  return (keyId, recent) => turns.take(keyId, () => fetchUnlessFailed(keyId, recent))
}

function checkKeyId(keyId: string, checkAddress: CheckAddress): void {
  try {
    checkAddress(keyId)
  } catch (error) {
    throw new SignatureRefused(
      'key',
      `the key id is no address to ask: ${Error.isError(error) ? error.message : ''}`,
    )
  }
}
