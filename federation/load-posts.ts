import type { Interaction, InteractionPolicy } from '#core/posts/interactions/interaction.policy'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/** Somebody a post names or is addressed to. */
export type Named = {
  id: Id
  uri: string | null
  kind: string
  username: string
  domain: string | null
  isSilent: boolean
}

/** A post of this instance with everything that its ActivityPub object says. */
export type WholePost = {
  id: Id
  authorId: Id
  authorUsername: string
  uri: string | null
  url: string | null
  /** The group that it is in, here or elsewhere. */
  groupId: Id | null
  visibility: 'public' | 'unlisted' | 'private' | 'direct'
  html: string
  text: string
  spoilerText: string
  isSensitive: boolean
  language: string | null
  /** What the thread is called where it began, when that is elsewhere. */
  conversationUri: string | null
  threadId: Id
  publishedAt: Date
  editedAt: Date | null
  boostsCount: number
  favouritesCount: number
  repliesCount: number
  emojis: { shortcode: string; url: string; staticUrl: string }[]
  replyTo: { id: Id; authorId: Id; uri: string | null } | null
  replyToUri: string | null
  boostOf: {
    id: Id
    authorId: Id
    uri: string | null
    authorUri: string | null
    authorUrl: string | null
  } | null
  /** What it quotes, while that may stand. */
  quote: {
    id: Id
    authorId: Id
    uri: string | null
    authorUri: string | null
    state: 'pending' | 'accepted'
    stampUri: string | null
  } | null
  quoteAutomatic: string[] | null
  interactionPolicy: InteractionPolicy | null
  /** The yes of whom it answers or boosts, when one was needed; the stamp is ours when it has no address. */
  approval: { kind: Interaction; authorId: Id; stampUri: string | null } | null
  mentions: Named[]
  hashtags: { name: string; displayName: string }[]
  media: WholeMedium[]
  poll: WholePoll | null
}

export type WholeMedium = {
  id: Id
  kind: string
  mimeType: string | null
  fileKey: string | null
  previewKey: string | null
  remoteUrl: string | null
  description: string | null
  blurhash: string | null
  focusX: number | null
  focusY: number | null
  meta: { original?: { width?: number; height?: number; duration?: number } }
}

export type WholePoll = {
  options: string[]
  tallies: number[]
  votersCount: number | null
  isMultiple: boolean
  hidesTotals: boolean
  expiresAt: Date | null
  closedAt: Date | null
}

/** Loads posts with everything their objects say, in one query; those that are gone are left out. In no order. */
export const loadPosts = (ids: readonly Id[]): Promise<WholePost[]> =>
  rows<WholePost>(
    {},
    `SELECT p.id, p.author_id AS "authorId", a.username AS "authorUsername", p.uri, p.url, p.visibility, p.group_id AS "groupId", p.html, p.text,
       p.spoiler_text AS "spoilerText", p.is_sensitive AS "isSensitive", p.language, p.emojis,
       coalesce(p.conversation_uri, (SELECT coalesce(root.conversation_uri, root.uri) FROM posts AS root
         WHERE root.id = p.thread_id AND root.uri IS NOT NULL)) AS "conversationUri", p.thread_id AS "threadId", p.reply_to_uri AS "replyToUri",
       p.published_at AS "publishedAt", p.edited_at AS "editedAt",
       p.boosts_count AS "boostsCount", p.favourites_count AS "favouritesCount", p.replies_count AS "repliesCount",
       (SELECT jsonb_build_object('id', r.id::text, 'authorId', r.author_id::text, 'uri', r.uri)
        FROM posts AS r WHERE r.id = p.reply_to_id) AS "replyTo",
       (SELECT jsonb_build_object('id', b.id::text, 'authorId', b.author_id::text, 'uri', b.uri, 'authorUri', ba.uri, 'authorUrl', ba.url)
        FROM posts AS b JOIN accounts AS ba ON ba.id = b.author_id WHERE b.id = p.boost_of_id) AS "boostOf",
       p.quote_automatic AS "quoteAutomatic", p.interaction_policy AS "interactionPolicy",
       (SELECT jsonb_build_object('kind', i.kind, 'authorId', i.author_id::text, 'stampUri', i.stamp_uri)
        FROM interaction_requests AS i JOIN accounts AS ia ON ia.id = i.author_id
        WHERE i.id = p.id AND i.state = 'accepted' AND (i.stamp_uri IS NOT NULL OR ia.domain IS NULL)) AS approval,
       (SELECT jsonb_build_object('id', o.id::text, 'authorId', o.author_id::text, 'uri', o.uri, 'authorUri', oa.uri,
          'state', q.state, 'stampUri', q.stamp_uri)
        FROM quotes AS q JOIN posts AS o ON o.id = q.quoted_id JOIN accounts AS oa ON oa.id = o.author_id
        WHERE q.post_id = p.id AND q.state IN ('pending', 'accepted')) AS quote,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', m.id::text, 'uri', m.uri, 'kind', m.kind, 'username', m.username,
          'domain', m.domain, 'isSilent', mentions.is_silent) ORDER BY mentions.position)
        FROM mentions JOIN accounts AS m ON m.id = mentions.account_id WHERE mentions.post_id = p.id), '[]') AS mentions,
       coalesce((SELECT jsonb_agg(jsonb_build_object('name', h.name, 'displayName', h.display_name) ORDER BY ph.position)
        FROM post_hashtags AS ph JOIN hashtags AS h ON h.id = ph.hashtag_id WHERE ph.post_id = p.id), '[]') AS hashtags,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', f.id::text, 'kind', f.kind, 'mimeType', f.mime_type, 'fileKey', f.file_key,
          'previewKey', f.preview_key, 'remoteUrl', f.remote_url, 'description', f.description, 'blurhash', f.blurhash,
          'focusX', f.focus_x, 'focusY', f.focus_y, 'meta', f.meta) ORDER BY f.position)
        FROM media AS f WHERE f.post_id = p.id), '[]') AS media,
       (SELECT jsonb_build_object('options', q.options, 'tallies', q.tallies, 'votersCount', q.voters_count,
          'isMultiple', q.is_multiple, 'hidesTotals', q.hides_totals, 'expiresAt', q.expires_at, 'closedAt', q.closed_at)
        FROM polls AS q WHERE q.post_id = p.id) AS poll
     FROM posts AS p JOIN accounts AS a ON a.id = p.author_id
     WHERE p.id = ANY ($1::bigint[])`,
    [ids],
  )
