import type { Transaction } from 'sequelize'
import type { EmojiUse } from '../accounts/account.model.ts'
import { accountIdOf } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { cardOfPost, type PreviewCard } from '../previews/preview-card.ts'
import type { MediumKind, MediumMeta, MediumState } from '../media/medium.model.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { ReactionTally, Visibility } from './post.model.ts'
import { type InteractionPolicy, type Relation, relationTo } from './interactions/interaction.policy.ts'
import { visibleTo } from './post.policy.ts'
import {
  type QuoteAudience,
  type QuoteStanding,
  quoteStanding,
  type SeenState,
  seenState,
} from './quote.policy.ts'

type Asking = { tx?: Transaction | undefined }

/** What of a post changes often, and how one viewer stands to it. */
export type PostState = {
  id: Id
  authorId: Id
  boostOfId: Id | null
  replyToId: Id | null
  groupId: Id | null
  version: number
  repliesCount: number
  boostsCount: number
  favouritesCount: number
  quotesCount: number
  /** How many gave it which emoji; null when nobody did. */
  reactions: Record<string, ReactionTally> | null
  quote: SeenQuote | null
  quoteAutomatic: QuoteAudience[] | null
  quoteManual: QuoteAudience[] | null
  quoteStanding: QuoteStanding
  /** How the viewer stands to a post that restricts who may do what with it; null for any other, and for nobody. */
  relation: Relation | null
  isPinned: boolean
  isFavourite: boolean
  /** The emojis that the viewer gave it. */
  ownEmojis: string[]
  isBoosted: boolean
  isBookmarked: boolean
  isMuted: boolean
  /** That of the viewer's filters now; the same for all posts. */
  filtersVersion: number
  /** The viewer's choices in its poll, from 0. */
  ownVotes: number[]
}

/** What a post quotes, and how that stands as the viewer sees it; `url` is a page or an ActivityPub id. */
export type SeenQuote = { state: SeenState; quotedId: Id | null; url: string | null }

// Whose ids come are shown with what they boost, and those with what they quote.
const withOriginals = `SELECT unnest($1::bigint[]) AS id
  UNION SELECT boost_of_id FROM posts WHERE id = ANY ($1::bigint[]) AND boost_of_id IS NOT NULL`

/**
 * An equation in SQL for what the viewer has to do with a post. PostgreSQL sees a range: else it would read all that the
 * viewer ever liked into memory, or, as few people like most posts, everybody who likes one that very many do. What
 * follows in the index must be no equation, or it would read the range in leaps.
 */
export const exactly = (column: string, value: string): string => `${column} BETWEEN ${value} AND ${value}`

/** The states of these posts, of what they boost and what those quote, for a viewer or for nobody, in no order. One query. */
export const postStates = async (
  ctx: Asking,
  ids: readonly Id[],
  viewerId: Id | null,
): Promise<PostState[]> =>
  ids.length === 0
    ? []
    : rows<PostState>(
        ctx,
        `SELECT p.id, p.author_id AS "authorId", p.boost_of_id AS "boostOfId", p.reply_to_id AS "replyToId", p.group_id AS "groupId",
           p.version, p.replies_count AS "repliesCount", p.boosts_count AS "boostsCount", p.favourites_count AS "favouritesCount",
           p.quotes_count AS "quotesCount", p.quote_automatic AS "quoteAutomatic", p.quote_manual AS "quoteManual",
           ${quoteStanding('$2::bigint')} AS "quoteStanding",
           CASE WHEN p.interaction_policy IS NOT NULL AND $2::bigint IS NOT NULL THEN ${relationTo('$2::bigint')} END AS relation,
           (SELECT jsonb_build_object('state', ${seenState('$2::bigint')}, 'quotedId', q.quoted_id::text,
              'url', coalesce(quoted.url, quoted.uri, q.quoted_uri))
            FROM quotes AS q LEFT JOIN posts AS quoted ON quoted.id = q.quoted_id WHERE q.post_id = p.id) AS quote,
           p.reactions, p.pinned_at IS NOT NULL AS "isPinned",
           EXISTS (SELECT FROM reactions AS r
             WHERE r.account_id = $2 AND ${exactly('r.post_id', 'p.id')} AND length(r.emoji) = 0) AS "isFavourite",
           CASE WHEN p.reactions IS NULL THEN '{}' ELSE ARRAY(SELECT r.emoji FROM reactions AS r
             WHERE r.account_id = $2 AND ${exactly('r.post_id', 'p.id')} AND length(r.emoji) > 0) END AS "ownEmojis",
           EXISTS (SELECT FROM posts AS b WHERE b.author_id = $2 AND ${exactly('b.boost_of_id', 'p.id')}) AS "isBoosted",
           EXISTS (SELECT FROM bookmarks AS k WHERE k.account_id = $2 AND ${exactly('k.post_id', 'p.id')}) AS "isBookmarked",
           EXISTS (SELECT FROM thread_mutes AS s
             WHERE s.account_id = $2 AND ${exactly('s.thread_id', 'p.thread_id')}) AS "isMuted",
           coalesce((SELECT u.filters_version FROM users AS u WHERE u.account_id = $2), 0) AS "filtersVersion",
           ARRAY(SELECT v.choice::int FROM polls AS q JOIN votes AS v ON v.poll_id = q.id
             WHERE q.post_id = p.id AND v.account_id = $2 ORDER BY v.choice) AS "ownVotes"
         FROM posts AS p
         WHERE p.id IN (
           WITH shown AS MATERIALIZED (${withOriginals})
           SELECT id FROM shown
           UNION SELECT q.quoted_id FROM shown JOIN quotes AS q ON q.post_id = shown.id)`,
        [ids, viewerId],
      )

/** Those of these posts that the actor may see, in the order given. */
export async function visibleAmong(ctx: Ctx, ids: readonly Id[]): Promise<Id[]> {
  const found = await rows<{ id: Id }>(
    ctx,
    `SELECT p.id FROM posts AS p WHERE p.id = ANY ($1::bigint[]) AND ${visibleTo('$2::bigint')}`,
    [ids, accountIdOf(ctx.actor) ?? null],
  )
  const seen = new Set(found.map(({ id }) => id))
  return ids.filter((id) => seen.has(id))
}

/** What a post says, the same for everybody who may see it. Times inside of lists are texts, as JSON has them. */
export type PostBody = {
  id: Id
  version: number
  authorId: Id
  author: Named
  uri: string | null
  url: string | null
  replyToAccountId: Id | null
  visibility: Visibility
  interactionPolicy: InteractionPolicy | null
  html: string
  text: string
  spoilerText: string
  isSensitive: boolean
  language: string | null
  emojis: EmojiUse[]
  publishedAt: Date
  editedAt: Date | null
  media: MediumCard[]
  mentions: Named[]
  hashtags: string[]
  poll: PollCard | null
  card: PreviewCard | null
  app: { name: string; website: string | null } | null
  /** The author does not want others to know of the app. */
  hidesApp: boolean
}

export type Named = {
  id: Id
  username: string
  domain: string | null
  uri: string | null
  url: string | null
}

/** An attachment with everything that showing it needs. */
export type MediumCard = {
  id: Id
  kind: MediumKind
  state: MediumState
  mimeType: string | null
  fileKey: string | null
  previewKey: string | null
  staticKey: string | null
  remoteUrl: string | null
  remotePreviewUrl: string | null
  description: string | null
  focusX: number | null
  focusY: number | null
  blurhash: string | null
  meta: MediumMeta
}

export type PollCard = {
  id: Id
  options: string[]
  tallies: number[]
  votersCount: number | null
  isMultiple: boolean
  hidesTotals: boolean
  expiresAt: string | null
  closedAt: string | null
}

const named = (alias: string) =>
  `jsonb_build_object('id', ${alias}.id::text, 'username', ${alias}.username, 'domain', ${alias}.domain,
     'uri', ${alias}.uri, 'url', ${alias}.url)`

/** An attachment of the alias `m` as a MediumCard. */
export const mediumCard = `jsonb_build_object('id', m.id::text, 'kind', m.kind, 'state', m.state,
  'mimeType', m.mime_type, 'fileKey', m.file_key, 'previewKey', m.preview_key, 'staticKey', m.static_key,
  'remoteUrl', m.remote_url, 'remotePreviewUrl', m.remote_preview_url, 'description', m.description,
  'focusX', m.focus_x, 'focusY', m.focus_y, 'blurhash', m.blurhash, 'meta', m.meta)`

/** The poll `q` as a PollCard. */
export const pollCard = `jsonb_build_object('id', q.id::text, 'options', q.options, 'tallies', q.tallies,
  'votersCount', q.voters_count, 'isMultiple', q.is_multiple, 'hidesTotals', q.hides_totals,
  'expiresAt', q.expires_at, 'closedAt', q.closed_at)`

/** What these posts say, in no order; those that are gone are left out. One query. */
export const postBodies = async (ctx: Asking, ids: readonly Id[]): Promise<PostBody[]> =>
  ids.length === 0
    ? []
    : rows<PostBody>(
        ctx,
        `SELECT p.id, p.version, p.author_id AS "authorId", ${named('a')} AS author, p.uri, p.url,
           p.reply_to_account_id AS "replyToAccountId", p.visibility,
           p.interaction_policy AS "interactionPolicy", p.html, p.text, p.spoiler_text AS "spoilerText",
           p.is_sensitive AS "isSensitive", p.language, p.emojis, p.published_at AS "publishedAt",
           p.edited_at AS "editedAt",
           coalesce((SELECT jsonb_agg(${mediumCard} ORDER BY m.position, m.id)
             FROM media AS m WHERE m.post_id = p.id), '[]') AS media,
           coalesce((SELECT jsonb_agg(${named('n')} ORDER BY mentions.position)
             FROM mentions JOIN accounts AS n ON n.id = mentions.account_id
             WHERE mentions.post_id = p.id AND NOT mentions.is_silent), '[]') AS mentions,
           coalesce((SELECT jsonb_agg(h.name ORDER BY ph.position)
             FROM post_hashtags AS ph JOIN hashtags AS h ON h.id = ph.hashtag_id
             WHERE ph.post_id = p.id), '[]') AS hashtags,
           (SELECT ${pollCard} FROM polls AS q WHERE q.post_id = p.id) AS poll,
           ${cardOfPost} AS card,
           (SELECT jsonb_build_object('name', o.name, 'website', o.website)
             FROM oauth_apps AS o WHERE o.id = p.app_id) AS app,
           (p.app_id IS NOT NULL AND coalesce((SELECT (u.preferences->>'hidesApps')::boolean
             FROM users AS u WHERE u.account_id = p.author_id), false)) AS "hidesApp"
         FROM posts AS p JOIN accounts AS a ON a.id = p.author_id
         WHERE p.id = ANY ($1::bigint[])`,
        [ids],
      )
