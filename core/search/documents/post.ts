import type { Ctx } from '../../ctx.ts'
import { htmlToText } from '../../text/html-to-text.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { findWords } from '../find-words.ts'
import { languageOf, stemWords } from '../stem-words.ts'

/** What the indexes know of a post. */
export type PostDocument = {
  postId: Id
  /** Of the post when this was made: an older document never replaces a newer one. */
  version: number
  /** Public, and its author wants to be found: every member may find it (SRCH-04). */
  isOpen: boolean
  /** In order. */
  words: string[]
  stems: string[]
  /** What operators ask for: `has:poll`, `is:reply`, `language:en`, `from:<account id>`, `tag:<name>`. */
  properties: string[]
}

type Parts = {
  id: Id
  version: number
  authorId: Id
  isOpen: boolean
  html: string
  spoilerText: string
  language: string | null
  isReply: boolean
  isSensitive: boolean
  descriptions: string[]
  kinds: string[]
  options: string[] | null
  card: string | null
  isQuote: boolean
  hashtags: string[]
}

const parts = `SELECT p.id, p.version, p.author_id AS "authorId", p.visibility = 'public' AND a.is_indexable AS "isOpen", p.html,
    p.spoiler_text AS "spoilerText", p.language, p.reply_to_id IS NOT NULL OR p.reply_to_uri IS NOT NULL AS "isReply",
    p.is_sensitive AS "isSensitive",
    ARRAY(SELECT m.description FROM media AS m WHERE m.post_id = p.id AND m.description IS NOT NULL) AS descriptions,
    ARRAY(SELECT m.kind FROM media AS m WHERE m.post_id = p.id) AS kinds,
    (SELECT v.kind FROM post_previews AS pp JOIN previews AS v ON v.id = pp.preview_id
      WHERE pp.post_id = p.id AND v.state = 'ready') AS card,
    EXISTS (SELECT FROM quotes AS quote WHERE quote.post_id = p.id) AS "isQuote",
    (SELECT q.options FROM polls AS q WHERE q.post_id = p.id) AS options,
    ARRAY(SELECT h.name FROM post_hashtags AS ph JOIN hashtags AS h ON h.id = ph.hashtag_id
      WHERE ph.post_id = p.id) AS hashtags
  FROM posts AS p JOIN accounts AS a ON a.id = p.author_id
  WHERE p.id = ANY ($1::bigint[]) AND p.boost_of_id IS NULL`

/** The documents of these posts; boosts and posts that are gone have none. Two queries, however many. */
export async function postDocuments(ctx: Pick<Ctx, 'tx'>, ids: readonly Id[]): Promise<PostDocument[]> {
  if (ids.length === 0) return []
  const found = await rows<Parts>(ctx, parts, [ids])
  const texts = found.map((each) => ({ text: textOf(each), language: each.language }))
  const stems = await stemWords(ctx, texts)
  return found.map((each, at) => ({
    postId: each.id,
    version: each.version,
    isOpen: each.isOpen,
    words: findWords(texts[at]?.text ?? ''),
    stems: stems[at] ?? [],
    properties: propertiesOf(each),
  }))
}

const textOf = ({ spoilerText, html, options, descriptions }: Parts): string =>
  [spoilerText, htmlToText(html), ...(options ?? []), ...descriptions].join('\n')

function propertiesOf(post: Parts): string[] {
  const kinds = new Set(post.kinds.map((kind) => (kind === 'gifv' ? 'video' : kind)))
  const language = languageOf(post.language)
  return [
    `from:${post.authorId}`,
    ...(language ? [`language:${language}`] : []),
    ...(kinds.size > 0 ? ['has:media'] : []),
    ...[...kinds].map((kind) => `has:${kind}`),
    ...(post.options ? ['has:poll'] : []),
    ...(post.card ? ['has:link'] : []),
    ...(post.card && post.card !== 'link' ? ['has:embed'] : []),
    ...(post.isQuote ? ['has:quote'] : []),
    ...(post.isReply ? ['is:reply'] : []),
    ...(post.isSensitive ? ['is:sensitive'] : []),
    ...post.hashtags.map((name) => `tag:${name}`),
  ]
}
