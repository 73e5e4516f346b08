import { createHash } from 'node:crypto'
import type { Role } from '../actor.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'

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
  suspendedAt: Date | null
}

/** How tokens, codes and session ids are kept: only this hash of them. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** Finds what an access token stands for; revoked ones too, so that their holder can be told (ERR-02). */
export const findToken = (token: string): Promise<Bearer | undefined> =>
  row<Bearer>(
    {},
    `SELECT t.id AS "tokenId", t.app_id AS "appId", t.scopes, t.revoked_at AS "revokedAt", u.id AS "userId",
       u.account_id AS "accountId", u.role, u.locale, u.confirmed_at AS "confirmedAt", u.approved_at AS "approvedAt",
       u.disabled_at AS "disabledAt", a.suspended_at AS "suspendedAt"
     FROM oauth_tokens AS t LEFT JOIN users AS u ON u.id = t.user_id LEFT JOIN accounts AS a ON a.id = u.account_id
     WHERE t.token_hash = $1`,
    [hashOf(token)],
  )
