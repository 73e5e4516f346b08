import { FetchFailed } from '#platform/http-errors'
import { type Json, textOf } from '../properties.ts'
import { isSameId } from '../same-id.ts'
import { type KeyEntry, isBareKey, keysIn } from './key-documents.ts'
import { readPublicKey } from './public-key.ts'
import { SignatureRefused } from './signature.ts'

/** A key that speaks for its owner. `material` is a PEM block or a Multikey. */
export type ActorKey = { keyId: string; owner: string; material: string }

/**
 * Fetches an ActivityPub document signed by the instance actor; `url` is where it came from after redirects, none of
 * which may leave the host. With `recent`, what was fetched some seconds ago is as good. Throws FetchFailed.
 */
export type FetchDocument = (
  url: string,
  freshness?: { recent?: boolean },
) => Promise<{ url: string; document: Json }>

/** Whether an address may be fetched by its looks, and is not this instance's own. Throws FetchFailed. */
export type CheckAddress = (url: string) => URL

/**
 * The procedure of wire.md 3.5: the key document names its owner, owner and key live on one host, and the document of
 * the owner, fetched from the id of the owner, lists exactly that key (federation rules 14, 15, 17). Throws
 * SignatureRefused `key`, `gone` or `unreachable`, and FetchFailed `busy`.
 */
export async function fetchKey(
  keyId: string,
  fetchDocument: FetchDocument,
  checkAddress: CheckAddress,
): Promise<ActorKey> {
  try {
    const address = withoutFragment(checkAddress(keyId))
    const found = await fetchDocument(address.href)
    sameHost(found.url, address)
    const claimed = one(keysIn(found.document, keyId), keyId)
    const owner = claimed.owner ?? (isBareKey(found.document) ? undefined : textOf(found.document.id))
    if (owner === undefined) throw unusable('the key names no owner')
    const ownerAddress = checkAddress(owner)
    if (ownerAddress.host !== address.host) throw unusable('the key is on another host than its owner')
    const isOwner =
      isSameId(found.document.id, owner) && isSameId(found.url, withoutFragment(ownerAddress).href)
    const document = isOwner ? found.document : await fetchOwner(ownerAddress, fetchDocument)
    const listed = one(keysIn(document, keyId), keyId)
    if (listed.owner !== undefined && !isSameId(listed.owner, owner))
      throw unusable('the owner lists it as another’s key')
    const material = listed.material ?? claimed.material
    if (material === undefined || !readPublicKey(material)) throw unusable('the key is of no accepted kind')
    return { keyId, owner, material }
  } catch (error) {
    throw error instanceof FetchFailed ? asRefusal(error) : error
  }
}

async function fetchOwner(owner: URL, fetchDocument: FetchDocument): Promise<Json> {
  const found = await fetchDocument(withoutFragment(owner).href)
  sameHost(found.url, owner)
  if (!isSameId(found.document.id, owner.href)) throw unusable('the document of the owner has another id')
  return found.document
}

function one(keys: KeyEntry[], keyId: string): KeyEntry {
  const fitting = keys.filter((key) => isSameId(key.id, keyId))
  const [first] = [...fitting.filter((key) => key.material !== undefined), ...fitting]
  if (!first) throw unusable('the key is not listed')
  return first
}

function sameHost(url: string, expected: URL): void {
  if (URL.parse(url)?.host !== expected.host) throw unusable('the document came from another host')
}

function withoutFragment(address: URL): URL {
  const bare = new URL(address.href)
  bare.hash = ''
  return bare
}

const ofTheMoment = new Set(['timeout', 'connection', 'dns', 'tls'])

// That this process has too much to do is no refusal at all: whoever asked comes again.
function asRefusal(error: FetchFailed): Error {
  const { problem, status = 0, detail } = error
  if (problem === 'busy') return error
  const isUnreachable = ofTheMoment.has(problem) || status >= 500 || status === 408 || status === 429
  const reason = isUnreachable ? 'unreachable' : status === 404 || status === 410 ? 'gone' : 'key'
  return new SignatureRefused(reason, `the key could not be fetched: ${detail}`)
}

const unusable = (message: string) => new SignatureRefused('key', message)
