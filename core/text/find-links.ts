import { findEntities } from '#core/text/find-entities'

/** The URLs that become links in a text (HTML-07), in order and each once; a preview card takes the first (STAT-31). */
export function findLinks(text: string): string[] {
  const urls = findEntities(text).flatMap((entity) => (entity.kind === 'link' ? [entity.url] : []))
  return [...new Set(urls)]
}
