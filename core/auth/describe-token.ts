import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import { hashOf } from './find-token.ts'

/** What a token stands for; `userId` is null for an app in its own name. */
export type TokenNotes = { userId: Id | null; scopes: string[]; clientId: string; createdAt: Date }

/** Finds a token that still opens something, with whose it is. */
export const describeToken = (token: string): Promise<TokenNotes | undefined> =>
  row<TokenNotes>(
    {},
    `SELECT t.user_id AS "userId", t.scopes, t.created_at AS "createdAt", a.client_id AS "clientId"
     FROM oauth_tokens AS t JOIN oauth_apps AS a ON a.id = t.app_id
     WHERE t.token_hash = $1 AND t.revoked_at IS NULL`,
    [hashOf(token)],
  )
