import type { Visibility } from '#core/posts/post.model'
import { type RemotePost, sourceTypes } from '#core/posts/remote-post'
import {
  booleanOf,
  countOf,
  idOf,
  idsOf,
  isJson,
  type Json,
  many,
  objectsOf,
  textOf,
  timeOf,
  typeOf,
  typesOf,
} from '../properties.ts'
import { isPublic } from '../vocabulary.ts'
import { fromPlain, isLong, longFormHtml, titleHtml } from './long-form.ts'

/** What becomes a post by its type alone. */
const postTypes = ['Note', 'Question', 'Article', 'Page', 'Video', 'Audio', 'Image', 'Event'] as const

// Things that have a name or content and yet are no posts: other vocabulary, and what is not for everybody's eyes.
const others = new Set(
  `ChatMessage EncryptedMessage Story Tombstone Conversation Emoji Hashtag Mention Link Place Profile Relationship
   PropertyValue Feed Key CryptographicKey Multikey PublicMessage PrivateMessage Welcome GroupInfo KeyPackage`.split(
    /\s+/,
  ),
)
const elsewhere = [
  'actor',
  'object',
  'inbox',
  'items',
  'orderedItems',
  'first',
  'partOf',
  'href',
  'publicKeyPem',
]

/**
 * Is this a post? Of types that are not known, what somebody wrote and that says something is one (wire 6.2, feature
 * notes-11); activities, actors, collections and messages are not.
 */
export function isPost(object: Json): boolean {
  if (typeOf(object, postTypes)) return true
  const types = typesOf(object)
  if (types.length === 0 || types.some((type) => others.has(type) || type.includes(':'))) return false
  if (object.attributedTo === undefined || elsewhere.some((name) => object[name] !== undefined)) return false
  return Boolean(textOf(object.name) || textOf(object.content) || textOf(object.summary))
}

const TEXT = 100_000
const SUMMARY = 2000

/**
 * The content as HTML: the text itself, below its title if it has one; long forms as title, text and links (wire 6.1,
 * 6.2). It is not sanitised yet.
 */
export function htmlOf(object: Json): string {
  const told = (textOf(object.content) ?? firstText(object.contentMap) ?? '').slice(0, TEXT)
  const isPlain = ['text/plain', 'text/markdown'].includes(textOf(object.mediaType) ?? '')
  const content = isPlain ? fromPlain(told) : told
  if (isLong(object)) return longFormHtml(object, content)
  const isTitled = !idOf(object.inReplyTo) && !content.includes(textOf(object.name) ?? '')
  return isTitled ? titleHtml(object) + content : content
}

/** The content warning; on long forms `summary` is an excerpt and never a warning. */
export const spoilerOf = (object: Json): string =>
  isLong(object)
    ? ''
    : (textOf(object.summary) ?? firstText(object.summaryMap) ?? '')
        .replaceAll(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, '')
        .trim()
        .slice(0, SUMMARY)

/**
 * What it was written in, if that is Markdown of any kind or BBCode (feature notes-06). What it says is HTML itself is the
 * content, and of Misskey's own word the type is known.
 */
export function sourceOf(object: Json): RemotePost['source'] {
  const said = isJson(object.source) ? object.source : {}
  const type = sourceTypes.find(
    (each) => each === textOf(said.mediaType)?.split(';')[0]?.trim().toLowerCase(),
  )
  const text = textOf(said.content)
  if (type && text) return { text, type }
  const own = textOf(object._misskey_content)
  return own ? { text: own, type: 'text/x.misskeymarkdown' } : null
}

const firstText = (map: unknown): string | undefined =>
  isJson(map) ? Object.values(map).find((value): value is string => typeof value === 'string') : undefined

/** The language of the content: the tag whose text equals it, else the only tag. Malformed tags are dropped. */
export function languageOf(object: Json): string | null {
  if (!isJson(object.contentMap)) return namedLanguage(object)
  const entries = Object.entries(object.contentMap).filter(([tag]) => /^[a-z]{2,3}(-[\w-]+)?$/i.test(tag))
  const found =
    entries.find(([, text]) => text === object.content) ?? (entries.length === 1 ? entries[0] : undefined)
  return found ? found[0].toLowerCase().split('-')[0]! : namedLanguage(object)
}

// Lemmy and PeerTube say it by itself (feature language-maps-03); "und" is no language.
function namedLanguage({ language }: Json): string | null {
  const tag = isJson(language) ? textOf(language.identifier) : textOf(language)
  return tag && tag !== 'und' && /^[a-z]{2,3}(-[\w-]+)?$/i.test(tag) ? tag.toLowerCase().split('-')[0]! : null
}

/** Who is to see a boost: everybody, on lists or off them, or followers. */
export const boostVisibilityOf = ({ to, cc }: Json): Visibility =>
  idsOf(to).some(isPublic) ? 'public' : idsOf(cc).some(isPublic) ? 'unlisted' : 'private'

/** Who may see it, from where it is addressed. What cannot be understood is direct (federation rules 140, 141). */
export function visibilityOf(object: Json, followersUrl: string | null): Visibility {
  const [to, cc] = [idsOf(object.to), idsOf(object.cc)]
  // Who says that it is a message means that, however odd its addressing (feature dms-04).
  if (booleanOf(object.directMessage)) return 'direct'
  if (to.some(isPublic)) return 'public'
  if (cc.some(isPublic)) return 'unlisted'
  return followersUrl !== null && [...to, ...cc].includes(followersUrl) ? 'private' : 'direct'
}

export const hashtagsOf = (object: Json): string[] =>
  objectsOf(object.tag)
    .filter((tag) => typeOf(tag, ['Hashtag']))
    .flatMap((tag) => (textOf(tag.name) ?? '').replace(/^#/, '') || [])
    .slice(0, 100)

export type RemotePoll = {
  options: string[]
  tallies: number[]
  votersCount: number | null
  isMultiple: boolean
  expiresAt: Date | null
  closedAt: Date | null
}

/** The poll of a Question (wire 6.3, federation rule 126); undefined for everything else. */
export function pollOf(object: Json): RemotePoll | undefined {
  if (!typeOf(object, ['Question'])) return undefined
  const isMultiple = objectsOf(object.anyOf).length > 0
  const options = objectsOf(isMultiple ? object.anyOf : object.oneOf)
    .filter((option) => textOf(option.name))
    .slice(0, 500)
  if (options.length === 0) return undefined
  const closed = timeOf(object.closed) ?? (object.closed === true ? new Date() : null)
  const end = timeOf(object.endTime) ?? null
  return {
    options: options.map((option) => textOf(option.name)!.slice(0, 200)),
    tallies: options.map(
      (option) =>
        (isJson(option.replies) ? countOf(option.replies.totalItems) : undefined) ??
        countOf(option._misskey_votes) ??
        0,
    ),
    votersCount: countOf(object.votersCount) ?? null,
    isMultiple,
    expiresAt: closed && (!end || closed < end) ? closed : end,
    closedAt: closed && closed <= new Date() ? closed : null,
  }
}

// What some make of an empty text, votes among it.
const nothingSaid = /^(?:\s|<\/?(?:br|p)\s*\/?>)*$/i

/** A vote in a poll: a Note with a name and a parent, and no content (wire 6.3), or none but empty lines. */
export const isVote = (object: Json): boolean =>
  typeOf(object, ['Note']) !== undefined &&
  textOf(object.name) !== undefined &&
  idOf(object.inReplyTo) !== undefined &&
  nothingSaid.test(textOf(object.content) ?? '') &&
  many(object.attachment).length === 0
