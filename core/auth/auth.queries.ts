import type { Transaction } from 'sequelize'
import type { Role } from '../actor.ts'
import { row, rows } from '#platform/db'
import type { Id } from '#platform/ids'

type Asking = { tx?: Transaction | undefined }

/** A member whose log-in is open, as a session knows them. */
export type Person = {
  userId: Id
  accountId: Id
  role: Role
  locale: string
  username: string
  email: string
}

/** The member behind a session; undefined when the log-in is not open any more (ERR-07). */
export const personOf = (ctx: Asking, userId: Id): Promise<Person | undefined> =>
  row<Person>(
    ctx,
    `SELECT u.id AS "userId", u.account_id AS "accountId", u.role, u.locale, u.email, a.username
     FROM users AS u JOIN accounts AS a ON a.id = u.account_id
     WHERE u.id = $1 AND u.confirmed_at IS NOT NULL AND u.approved_at IS NOT NULL AND u.disabled_at IS NULL
       AND a.suspended_at IS NULL AND a.gone_at IS NULL`,
    [userId],
  )

export type OpenSession = {
  id: Id
  userAgent: string | null
  ip: string | null
  createdAt: Date
  lastUsedAt: Date
  isCurrent: boolean
}

/** The browsers that a member is logged in with, last used first; `currentHash` is the hash of the asking one's id. */
export const openSessions = (ctx: Asking, userId: Id, currentHash: string): Promise<OpenSession[]> =>
  rows<OpenSession>(
    ctx,
    `SELECT id, user_agent AS "userAgent", host(ip) AS ip, created_at AS "createdAt", last_used_at AS "lastUsedAt",
       token_hash = $2 AS "isCurrent"
     FROM sessions WHERE user_id = $1 AND expires_at > now() ORDER BY last_used_at DESC, id DESC`,
    [userId, currentHash],
  )

export type AllowedApp = {
  id: Id
  name: string
  website: string | null
  scopes: string[]
  createdAt: Date
  lastUsedAt: Date | null
}

/** The apps that may act for a member, with all they may do, newest first. */
export const allowedApps = (ctx: Asking, userId: Id): Promise<AllowedApp[]> =>
  rows<AllowedApp>(
    ctx,
    `SELECT app.id, app.name, app.website, min(t.created_at) AS "createdAt", max(t.last_used_at) AS "lastUsedAt",
       ARRAY(SELECT DISTINCT scope FROM oauth_tokens AS each, unnest(each.scopes) AS scope
         WHERE each.app_id = app.id AND each.user_id = $1 AND each.revoked_at IS NULL ORDER BY scope) AS scopes
     FROM oauth_tokens AS t JOIN oauth_apps AS app ON app.id = t.app_id
     WHERE t.user_id = $1 AND t.revoked_at IS NULL
     GROUP BY app.id ORDER BY min(t.created_at) DESC, app.id`,
    [userId],
  )

/** The website of the app that somebody signed up with, to lead them back to it. */
export const appOfSignUp = (
  ctx: Asking,
  userId: Id,
): Promise<{ name: string; website: string | null } | undefined> =>
  row(
    ctx,
    `SELECT app.name, app.website FROM oauth_tokens AS t JOIN oauth_apps AS app ON app.id = t.app_id
     WHERE t.user_id = $1 ORDER BY t.id LIMIT 1`,
    [userId],
  )
