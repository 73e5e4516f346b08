import { instance } from '#config/instance'
import type { WholePost } from '../load-posts.ts'
import { isJson, type Json, textOf } from '../properties.ts'
import { renderPost } from './render-post.ts'

const LONGEST = 200
const SHORTEST = 3

/**
 * A post of this instance that begins a thread, as communities of Lemmy and its like want it: a Page with a title, in plain form (wire
 * 6.2, feature groups-06).
 */
export function renderPage(post: WholePost): Json {
  const { attachment, inReplyTo: _, source: __, ...note } = renderPost(post)
  return {
    ...note,
    type: 'Page',
    name: titleOf(post),
    summary: null,
    attachment: Array.isArray(attachment) ? attachment.filter(isJson).map(renderAttachment) : [],
  }
}

/** Its warning is what it is about, else its first line with words of its own. */
function titleOf({ spoilerText, text, mentions, authorUsername }: WholePost): string {
  const named = new Set(
    mentions.map(({ username, domain }) => `${username}@${domain ?? instance.domain}`.toLowerCase()),
  )
  const lines = [spoilerText, ...text.split('\n')].map((line) =>
    line
      .split(/\s+/)
      .filter((word) => !isNamed(named, word))
      .join(' ')
      .trim(),
  )
  const title = lines.find((line) => [...line].length >= SHORTEST) ?? `By ${authorUsername}`
  const characters = [...title]
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : title
}

const isNamed = (named: ReadonlySet<string>, word: string): boolean => {
  const handle = /^[@!](.+)$/.exec(word)?.[1]?.toLowerCase()
  return handle !== undefined && (named.has(handle) || named.has(`${handle}@${instance.domain}`))
}

// Other kinds of files make some readers drop the whole page.
const renderAttachment = (file: Json): Json =>
  file.type === 'Image'
    ? { type: 'Image', url: file.url, ...(textOf(file.name) ? { name: file.name } : {}) }
    : { type: 'Link', href: file.url, mediaType: file.mediaType }
