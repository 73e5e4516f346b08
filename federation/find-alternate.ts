import { Parser } from 'htmlparser2'
import type { HttpAnswer } from '#platform/http-request'
import { isActivityType } from './media-types.ts'

const piece = 4_096

/**
 * The ActivityPub version that a page names, by a Link header or in its head (wire.md 2), as an absolute address;
 * undefined when it names none.
 */
export function findAlternate({ headers, url, body }: HttpAnswer): string | undefined {
  const href = inHeader([headers['link'] ?? []].flat().join(', ')) ?? inHead(body.toString('utf8'))
  return href === undefined ? undefined : URL.parse(href, url)?.href
}

function inHeader(header: string): string | undefined {
  for (const [, href, parameters = ''] of header.matchAll(/<([^<>]*)>([^<]*)/g)) {
    const [, rel = ''] = /;\s*rel="?([^";,]*)/i.exec(parameters) ?? []
    const [, type = ''] =
      /;\s*type="?(application\/activity\+json|application\/ld\+json[^,]*)/i.exec(parameters) ?? []
    if (isAlternate(rel) && isActivityType(type.replaceAll('\\"', '"'))) return href
  }
  return undefined
}

// Only as far as the body begins: what readers write there is no word of the server.
function inHead(html: string): string | undefined {
  let found: string | undefined
  let isOver = false
  const parser = new Parser({
    onopentag: (name, { rel = '', type = '', href }) => {
      if (name === 'body') isOver = true
      if (!isOver && name === 'link' && isAlternate(rel) && isActivityType(type)) found ??= href
    },
  })
  for (let at = 0; at < html.length && !isOver && found === undefined; at += piece)
    parser.write(html.slice(at, at + piece))
  return found
}

const isAlternate = (rel: string) => rel.toLowerCase().split(/\s+/).includes('alternate')
