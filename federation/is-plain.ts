import { contextDocument, termsOf } from './contexts.ts'
import { isJson, type Json, many } from './properties.ts'

const AS = 'https://www.w3.org/ns/activitystreams#'
const ours = contextDocument(AS)
const vocabulary = termsOf(ours)

// What others define in their own way beside ActivityStreams, and mean no less by it: Mobilizon places, Hubzilla aliases.
const loose = new Set(['location', 'Place', 'alsoKnownAs', 'xsd', 'ldp', 'vcard', 'as', '@vocab'])

/** What each term of ActivityStreams means. */
const meanings = new Map(
  Object.entries(vocabulary)
    .filter(([name]) => !loose.has(name))
    .map(([name, definition]) => [name, meaningOf(definition)]),
)

/** The properties that say who did what to what and for whom, and those in which such things stand. */
const ids = new Set(
  'id actor object target origin result instrument attributedTo to bto cc bcc audience inReplyTo'.split(' '),
)
const nested = new Set([...ids, 'tag', 'items', 'orderedItems', 'first', 'oneOf', 'anyOf', 'replies'])
const schemes = new Set(['http', 'https', 'did', 'acct', 'tag', 'urn', 'bear', 'ap', 'at', 'mailto', 'xmpp'])

/**
 * Does a document mean to whoever reads its names as they stand what it means in JSON-LD? Not when a context gives the terms
 * of ActivityStreams another meaning or other names, or when keywords, prefixes or full addresses stand in the place of
 * terms: then `plainForm` says what it means. What servers send is plain, and told so without any expansion.
 */
export const isPlain = (document: Json): boolean =>
  Object.entries(document).every(([name, value]) =>
    name === '@context' ? isPlainContext(value) : isPlainEntry(name, value),
  )

/**
 * Does a context anywhere in it take in another (`@import`)? jsonld 9 then spoils what it remembers of that other one for all
 * documents to come: such a document is never expanded.
 */
export const isImporting = (document: Json): boolean => JSON.stringify(document).includes('"@import"')

function isPlainEntry(name: string, value: unknown): boolean {
  if (name.startsWith('@') || name.startsWith('as:') || name.startsWith(AS)) return false
  if (name === 'type') return many(value).every((each) => typeof each !== 'string' || !each.includes(':'))
  if (!nested.has(name)) return true
  return many(value).every((each) => {
    if (typeof each === 'string') return !ids.has(name) || isWhole(each)
    return isJson(each) ? isPlain(each) : !Array.isArray(each)
  })
}

// An address as it is, and none that a prefix stands for; `as:Public` is known to all (federation rule 142).
function isWhole(id: string): boolean {
  const [, scheme] = /^([^:/?#]+):/.exec(id) ?? []
  return scheme === undefined || id === 'as:Public' || schemes.has(scheme.toLowerCase())
}

function isPlainContext(value: unknown): boolean {
  const all = Array.isArray(value) ? value : [value]
  // What ActivityStreams comes after gives none of its terms another meaning in the end.
  const last = all.findLastIndex((each) => typeof each === 'string' && contextDocument(each) === ours)
  return all.every((each, at) =>
    typeof each === 'string'
      ? at < last || isPlainName(each)
      : isJson(each) && Object.entries(each).every(isPlainTerm),
  )
}

// Some name it beside ActivityStreams, and do not mean that their accounts have no name.
const harmless = contextDocument('https://w3id.org/identity/v1')
const judged = new Map<unknown, boolean>([[harmless, true]])

/** A context that ships with Kith does not redefine anything; one that does not is empty. */
function isPlainName(url: string): boolean {
  const document = contextDocument(url)
  if (document === undefined) return true
  const known = judged.get(document)
  if (known !== undefined) return known
  const isSame = Object.entries(termsOf(document)).every(
    ([name, definition]) => !meanings.has(name) || meanings.get(name) === meaningOf(definition),
  )
  // Those named after their host are made anew each time.
  if (!/\/apschema(\/|$)/.test(url)) judged.set(document, isSame)
  return isSame
}

const powers = ['@context', '@prefix', '@reverse', '@nest', '@protected', '@import']

function isPlainTerm([name, definition]: [string, unknown]): boolean {
  if (name === '@version') return definition === 1.1
  if (name === '@language') return definition === null || typeof definition === 'string'
  if (name === '@vocab') return definition === '_:'
  if (name === 'as') return definition === AS
  if (/[@:/#]/.test(name) || schemes.has(name)) return schemes.has(name) && definition === vocabulary[name]
  if (meanings.has(name)) return meanings.get(name) === meaningOf(definition)
  if (definition === null) return true
  if (typeof definition === 'string') return !isAlias(definition)
  if (!isJson(definition) || powers.some((power) => power in definition)) return false
  // What has no address of its own has one only where a vocabulary holds; Pixelfed explains terms inside terms so.
  if (definition['@id'] === undefined) return Object.keys(definition).some((key) => !key.startsWith('@'))
  return typeof definition['@id'] === 'string' && !isAlias(definition['@id'])
}

/** Is this another name for something that has one, or for what such names begin with? */
function isAlias(target: string): boolean {
  const term = target.startsWith('as:')
    ? target.slice(3)
    : target.startsWith(AS)
      ? target.slice(AS.length)
      : ''
  return target.startsWith('@') || meanings.has(target) || meanings.has(term) || AS.startsWith(target)
}

function meaningOf(definition: unknown): string {
  if (typeof definition === 'string') return JSON.stringify([whole(definition)])
  if (!isJson(definition)) return JSON.stringify(definition)
  const { '@id': id, '@type': type, '@container': container, ...more } = definition
  return JSON.stringify(
    [whole(id), whole(type), container, ...Object.keys(more)].filter((each) => each !== undefined),
  )
}

function whole(name: unknown): unknown {
  return typeof name === 'string' ? name.replace(/^as:/, AS).replace(/^xsd:/, String(vocabulary.xsd)) : name
}
