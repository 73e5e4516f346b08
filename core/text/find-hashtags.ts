import { findEntities } from '#core/text/find-entities'

/**
 * The hashtags of a text in order, each once (HTML-12): `name` is how it is kept and compared (see
 * `normalizeHashtag`), `display` how it was typed first, without its sign.
 */
export function findHashtags(text: string): { name: string; display: string }[] {
  const found = new Map<string, string>()
  for (const entity of findEntities(text)) {
    if (entity.kind === 'hashtag' && !found.has(entity.name)) found.set(entity.name, entity.display)
  }
  return Array.from(found, ([name, display]) => ({ name, display }))
}
