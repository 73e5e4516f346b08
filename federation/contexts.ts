import { preloadedContexts } from '@fedify/fedify/runtime'
import { log } from '#platform/log'
import { contextTerms, zot } from './context-terms.ts'
import { isJson, type Json, many } from './properties.ts'

/** What a JSON-LD processor asks a loader for. */
export type LoadedContext = { contextUrl: null; documentUrl: string; document: unknown }

const bundle = new Map<string, unknown>([
  ...Object.entries(contextTerms).map(([name, terms]): [string, unknown] => [name, { '@context': terms }]),
  ...Object.entries(preloadedContexts).map(([url, document]): [string, unknown] => [keyOf(url), document]),
])
const counts = { unknown: 0 }

/**
 * The copy of a context that ships with Kith. Nothing is ever fetched because a document names it: a context that is
 * not in the bundle is an empty one, and counted (federation rule 97, threat control F10).
 */
export async function loadContext(url: string): Promise<LoadedContext> {
  const found = findContext(url)
  if (found === undefined) {
    counts.unknown++
    log.debug({ context: url.slice(0, 200) }, 'a context is not known; its terms are ignored')
  }
  return { contextUrl: null, documentUrl: url, document: found ?? { '@context': {} } }
}

/** Whether a context is in the bundle. An LD signature over any other cannot be verified. */
export const isKnownContext = (url: string): boolean => findContext(url) !== undefined

/** How many times this process met a context that it does not know. */
export const unknownContexts = (): number => counts.unknown

/** The bundled copy of a context as it is, or undefined for one that is not in the bundle. */
export const contextDocument = (url: string): unknown => findContext(url)

/** The terms of a context document that stand in it itself. */
export function termsOf(document: unknown): Json {
  const contexts = isJson(document) ? many(document['@context']) : []
  return Object.assign({}, ...contexts.filter(isJson)) as Json
}

function findContext(url: string): unknown {
  const key = keyOf(url)
  const known = bundle.get(key)
  if (known !== undefined) return known
  const address = URL.parse(url)
  if (!address || (address.protocol !== 'https:' && address.protocol !== 'http:')) return undefined
  if (/^\/apschema(\/v[\d.]+)?\/?$/.test(address.pathname)) return { '@context': zot(address.origin) }
  return bundle.get(`*${address.pathname.replace(/\/$/, '')}`)
}

// The same context goes by http and https, with a slash at the end and without.
function keyOf(url: string): string {
  return url
    .replace(/^https?:\/\//, '')
    .replace(/#$/, '')
    .replace(/\/$/, '')
}
