import { FetchFailed } from '#platform/http-errors'
import type { HttpAnswer } from '#platform/http-request'
import { type JsonObject, readJson } from './read-json.ts'
import { isSameId } from './same-id.ts'
import { getSigned } from './signed-http.ts'

const ACCEPT =
  'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'

/** A document and the address it came from, which is its id. */
export type LoadedDocument = { url: string; document: JsonObject }

/**
 * Fetches an ActivityPub document, signed by the instance. What comes from an address but has another id counts only
 * when it is fetched from that id and has it there (federation rules 58, 59); what is no ActivityPub by its type counts
 * nothing (rule 60), but a page may name the document behind it, once (wire section 2). Throws FetchFailed.
 */
export async function loadDocument(url: string): Promise<LoadedDocument> {
  const first = await fetchOnce(url)
  const found = 'alternate' in first ? await fetchOnce(first.alternate) : first
  if ('alternate' in found) throw new FetchFailed('type', url, 'the page names another page')
  const id = found.document.id
  if (typeof id !== 'string' || isSameId(id, found.url)) return found
  const again = await fetchOnce(id)
  if ('alternate' in again || !isSameId(again.document.id, id))
    throw new FetchFailed('document', url, 'it has another id at its id')
  return again
}

async function fetchOnce(url: string): Promise<LoadedDocument | { alternate: string }> {
  const answer = await getSigned(withoutFragment(url), ACCEPT)
  if (answer.status < 200 || answer.status > 299) {
    throw new FetchFailed('status', url, `it answered ${answer.status}`, { status: answer.status })
  }
  const type = String(answer.headers['content-type'] ?? '').toLowerCase()
  if (isActivity(type)) return { url: answer.url, document: parsed(answer) }
  const alternate = alternateOf(answer, type)
  if (!alternate) throw new FetchFailed('type', url, `it is ${type || 'of no type'}`)
  return { alternate: new URL(alternate, answer.url).href }
}

const isActivity = (type: string): boolean =>
  type.startsWith('application/activity+json') ||
  (type.startsWith('application/ld+json') && type.includes('https://www.w3.org/ns/activitystreams'))

function parsed({ body, url }: HttpAnswer): JsonObject {
  try {
    return readJson(body)
  } catch (cause) {
    throw new FetchFailed('document', url, 'it is no JSON object', { cause })
  }
}

// In the Link header, or in the head of the page.
function alternateOf({ headers, body }: HttpAnswer, type: string): string | undefined {
  const link = String(headers.link ?? '').slice(0, 8192)
  for (const part of link.split(/,\s*(?=<)/)) {
    const [, href] = /^<([^>]*)>/.exec(part) ?? []
    if (href && /rel="?alternate"?/i.test(part) && /application\/activity\+json/i.test(part)) return href
  }
  if (!type.startsWith('text/html')) return undefined
  const head = body.subarray(0, 65_536).toString('utf8')
  for (const [tag] of head.matchAll(/<link\b[^>]{0,2048}>/gi)) {
    if (!/rel=["']?alternate/i.test(tag) || !/type=["']?application\/activity\+json/i.test(tag)) continue
    const [, href] = /href=["']([^"']+)["']/i.exec(tag) ?? []
    if (href) return href.replaceAll('&amp;', '&')
  }
  return undefined
}

const withoutFragment = (url: string): string => url.replace(/#.*$/, '')
