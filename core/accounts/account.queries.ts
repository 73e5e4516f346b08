import type { Transaction } from 'sequelize'
import type { Role } from '../actor.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { AccountField, AccountKind, EmojiUse } from './account.model.ts'

/** Everything that showing an account needs, from one query. */
export type AccountCard = {
  id: Id
  domain: string | null
  username: string
  uri: string | null
  url: string | null
  kind: AccountKind
  displayName: string
  noteHtml: string
  fields: AccountField[]
  emojis: EmojiUse[]
  isLocked: boolean
  isDiscoverable: boolean
  isIndexable: boolean
  hidesCollections: boolean
  isMemorial: boolean
  showsMedia: boolean
  showsMediaReplies: boolean
  showsFeatured: boolean
  movedToId: Id | null
  postsCount: number
  followersCount: number
  followingCount: number
  lastPostAt: Date | null
  silencedAt: Date | null
  suspendedAt: Date | null
  goneAt: Date | null
  createdAt: Date
  avatar: PictureCard | null
  header: PictureCard | null
  /** Of members here; null for everybody else. */
  role: Role | null
  noindex: boolean | null
}

export type PictureCard = {
  id: Id
  fileKey: string | null
  staticKey: string | null
  remoteUrl: string | null
  description: string | null
}

const picture = (alias: string, name: string) =>
  `CASE WHEN ${alias}.id IS NOT NULL THEN json_build_object('id', ${alias}.id::text, 'fileKey', ${alias}.file_key,
     'staticKey', ${alias}.static_key, 'remoteUrl', ${alias}.remote_url, 'description', ${alias}.description)
   END AS "${name}"`

const cards = `SELECT a.id, a.domain, a.username, a.uri, a.url, a.kind, a.display_name AS "displayName",
    a.note_html AS "noteHtml", a.fields, a.emojis, a.is_locked AS "isLocked", a.is_discoverable AS "isDiscoverable",
    a.is_indexable AS "isIndexable", a.hides_collections AS "hidesCollections", a.is_memorial AS "isMemorial",
    a.shows_media AS "showsMedia", a.shows_media_replies AS "showsMediaReplies", a.shows_featured AS "showsFeatured",
    a.moved_to_id AS "movedToId", a.posts_count AS "postsCount", a.followers_count AS "followersCount",
    a.following_count AS "followingCount", a.last_post_at AS "lastPostAt", a.silenced_at AS "silencedAt",
    a.suspended_at AS "suspendedAt", a.gone_at AS "goneAt", a.created_at AS "createdAt",
    ${picture('av', 'avatar')}, ${picture('hd', 'header')},
    u.role, (u.preferences->>'noindex')::boolean AS noindex
  FROM accounts AS a
    LEFT JOIN media AS av ON av.id = a.avatar_id
    LEFT JOIN media AS hd ON hd.id = a.header_id
    LEFT JOIN users AS u ON u.account_id = a.id
  WHERE a.id = ANY ($1::bigint[])`

type Asking = { tx?: Transaction | undefined }

/** The cards of these accounts, in no particular order; ids that are not known are left out. One query. */
export const accountCards = async (ctx: Asking, ids: readonly Id[]): Promise<AccountCard[]> =>
  ids.length === 0 ? [] : rows<AccountCard>(ctx, cards, [ids])

/** How many wait for this member to accept them, up to 40 (ACCT-01). */
export const countFollowRequests = async (ctx: Asking, accountId: Id): Promise<number> =>
  (await rows(ctx, `SELECT FROM follows WHERE followed_id = $1 AND state = 'pending' LIMIT 40`, [accountId]))
    .length

/** Those of these accounts that exist for others (ACCT-10, ACCT-16). One query. */
export const existingIds = (ctx: Asking, ids: readonly Id[]): Promise<{ id: Id }[]> =>
  rows<{ id: Id }>(
    ctx,
    `SELECT a.id FROM accounts AS a LEFT JOIN users AS u ON u.account_id = a.id
     WHERE a.id = ANY ($1::bigint[]) AND a.gone_at IS NULL
       AND (u.id IS NULL OR (u.confirmed_at IS NOT NULL AND u.approved_at IS NOT NULL))`,
    [ids],
  )
