import type { Transaction } from 'sequelize'
import { row, rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { RelayKind, RelayState } from './relay.model.ts'

type Asking = { tx?: Transaction | undefined }

/** The inboxes of the relays that took this instance in, of one kind or of both. */
export const relayInboxes = async (
  ctx: Asking,
  kinds: readonly RelayKind[] = ['mastodon', 'litepub'],
): Promise<string[]> =>
  (
    await rows<{ inbox: string }>(
      ctx,
      `SELECT inbox_url AS inbox FROM relays WHERE state = 'accepted' AND kind = ANY ($1::text[]) ORDER BY id`,
      [kinds],
    )
  ).map(({ inbox }) => inbox)

/** Does this account speak for a relay that took this instance in? */
export const isRelay = async (ctx: Asking, accountId: Id): Promise<boolean> =>
  (await row(ctx, `SELECT 1 AS one FROM relays WHERE account_id = $1 AND state = 'accepted'`, [
    accountId,
  ])) !== undefined

/** The same, by ActivityPub id; nobody who is suspended does. */
export const isRelayUri = async (ctx: Asking, uri: string): Promise<boolean> =>
  (await row(
    ctx,
    `SELECT 1 AS one FROM accounts AS a JOIN relays AS r ON r.account_id = a.id AND r.state = 'accepted'
     WHERE a.uri = $1 AND a.suspended_at IS NULL AND a.gone_at IS NULL`,
    [uri],
  )) !== undefined

/** How a relay stands, and what is wrong with it, if anything. */
export type RelayReport = {
  /** As it was asked. */
  url: string
  kind: RelayKind
  state: RelayState
  inbox: string
  actor: string | null
  askedAt: Date
  answeredAt: Date | null
  followedBackAt: Date | null
  /** When its server answered or wrote to us last. */
  heardAt: Date | null
  problem: string | null
}

/** The relays from the oldest on: what they answered, else why our Follow did not reach them, else how their server fails. */
export const relayReports = (ctx: Asking): Promise<RelayReport[]> =>
  rows<RelayReport>(
    ctx,
    `SELECT r.url, r.kind, r.state, r.inbox_url AS inbox, a.uri AS actor, r.created_at AS "askedAt",
       r.answered_at AS "answeredAt", r.followed_back_at AS "followedBackAt", i.last_contact_at AS "heardAt",
       coalesce(r.last_problem,
         (SELECT w.last_error FROM outgoing_activities AS o
            JOIN owed_work AS w ON w.kind = 'delivery' AND w.key >= o.id || ' ' AND w.key < o.id || '!'
          WHERE o.uri = r.follow_uri AND r.state = 'pending' LIMIT 1),
         CASE WHEN i.recent_failures > 0 OR i.unavailable_at IS NOT NULL THEN i.last_problem END) AS problem
     FROM relays AS r LEFT JOIN accounts AS a ON a.id = r.account_id LEFT JOIN instances AS i ON i.domain = r.domain
     ORDER BY r.id`,
  )
