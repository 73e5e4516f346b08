import type { Site } from '#server/pages/layout'
import { collectionPage } from '#server/pages/views/collection'
import { elsewherePage } from '#server/pages/views/elsewhere'

/** Pages about accounts, here and elsewhere, in which each plain text is `text`. */
export function moreSamples(site: Site, text: string): Record<string, string> {
  const person = { displayName: text, handle: text, url: 'https://ocean.example/@rea', avatarUrl: null }
  const texts = { name: text, description: text }
  return {
    elsewhere: elsewherePage(site, { handle: text, url: 'https://ocean.example/@tom' }),
    collection: collectionPage(site, {
      id: '1',
      ...texts,
      owner: person,
      people: [person],
      isUnlisted: false,
    }),
  }
}
