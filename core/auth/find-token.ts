import { createHash } from 'node:crypto'
import type { Role } from '../actor.ts'
import { row, rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { lru } from '#platform/lru'
import { subscribe } from '#platform/pubsub'
import { type AccessChange, accessTopic } from './access.ts'

/** What a token stands for, and the state of the member behind it. */
export type Bearer = {
  tokenId: Id
  appId: Id
  scopes: string[]
  revokedAt: Date | null
  userId: Id | null
  accountId: Id | null
  role: Role | null
  locale: string | null
  confirmedAt: Date | null
  approvedAt: Date | null
  disabledAt: Date | null
  /** Of the account: suspended, or gone. */
  suspendedAt: Date | null
}

/** How tokens, codes and session ids are kept: only this hash of them. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

// A change of access is told to every process at once; the five seconds are for messages that get lost (threats I6).
const known = lru<Bearer>(10_000, 5)
let isListening = false

/**
 * Finds what an access token stands for; revoked ones too, so that their holder can be told (ERR-02). What was found
 * is kept for five seconds, or until something about the token or its user changes.
 */
export async function findToken(token: string): Promise<Bearer | undefined> {
  listen()
  const hash = hashOf(token)
  const kept = known.get(hash)
  if (kept) return kept
  const found = await row<Bearer & { isUsedToday: boolean }>({}, statement, [hash])
  if (!found) return undefined
  const { isUsedToday, ...bearer } = found
  if (!isUsedToday && !bearer.revokedAt) await noteUse(bearer)
  known.set(hash, bearer)
  return bearer
}

const statement = `SELECT t.id AS "tokenId", t.app_id AS "appId", t.scopes, t.revoked_at AS "revokedAt", u.id AS "userId",
    u.account_id AS "accountId", u.role, u.locale, u.confirmed_at AS "confirmedAt", u.approved_at AS "approvedAt",
    u.disabled_at AS "disabledAt", coalesce(a.suspended_at, a.gone_at) AS "suspendedAt",
    coalesce(t.last_used_at >= date_trunc('day', now()), false) AS "isUsedToday"
  FROM oauth_tokens AS t LEFT JOIN users AS u ON u.id = t.user_id LEFT JOIN accounts AS a ON a.id = u.account_id
  WHERE t.token_hash = $1`

// By the day only: when exactly somebody was here is nobody's business (threats T7).
async function noteUse({ tokenId, appId, userId }: Bearer): Promise<void> {
  await rows(
    {},
    `WITH app AS (UPDATE oauth_apps SET last_used_at = date_trunc('day', now()) WHERE id = $2),
       member AS (UPDATE users SET last_active_at = date_trunc('day', now()) WHERE id = $3),
       week AS (INSERT INTO active_weeks (week, user_id)
         SELECT date_trunc('week', now(), 'UTC'), id FROM users WHERE id = $3 ON CONFLICT DO NOTHING)
     UPDATE oauth_tokens SET last_used_at = date_trunc('day', now()) WHERE id = $1`,
    [tokenId, appId, userId],
  )
}

function listen(): void {
  if (isListening) return
  isListening = true
  subscribe<AccessChange>(accessTopic, ({ userId, tokenIds = [] }) => {
    for (const [hash, bearer] of known.entries()) {
      if ((userId && bearer.userId === userId) || tokenIds.includes(bearer.tokenId)) known.delete(hash)
    }
  })
}
