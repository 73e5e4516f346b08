import type { Site } from '#server/pages/layout'
import { collectionPage } from '#server/pages/views/collection'
import { elsewherePage } from '#server/pages/views/elsewhere'
import { tagPage } from '#server/pages/views/tag'

/** Pages about accounts, here and elsewhere, and of a hashtag without posts, in which each plain text is `text`. */
export function moreSamples(site: Site, text: string): Record<string, string> {
  const person = { displayName: text, handle: text, url: 'https://ocean.example/@rea', avatarUrl: null }
  const texts = { name: text, description: text }
  const pager = { newer: null, older: null }
  return {
    'empty tag': tagPage(site, { name: text, posts: [], pager }),
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
