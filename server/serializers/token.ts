import type { TokenNotes } from '#core/auth/describe-token'
import type { IssuedToken } from '#core/auth/issue-token'

const seconds = (time: Date): number => Math.floor(time.getTime() / 1000)

/** A token as its app gets it; it does not expire by itself (OAUTH-22, TRIP-56). */
export const tokenJson = ({ token, scopes, createdAt }: IssuedToken) => ({
  access_token: token,
  token_type: 'Bearer',
  scope: scopes.join(' '),
  created_at: seconds(createdAt),
})

/** A token as whoever holds it may see it. */
export const tokenInfoJson = ({ userId, scopes, clientId, createdAt }: TokenNotes) => ({
  resource_owner_id: userId,
  scope: scopes,
  expires_in: null,
  application: { uid: clientId },
  created_at: seconds(createdAt),
})

/** A token as its own app asks about it (RFC 7662); nothing is told about others. */
export const introspectionJson = (found: TokenNotes | undefined, clientId: string) =>
  found?.clientId === clientId
    ? {
        active: true,
        scope: found.scopes.join(' '),
        client_id: clientId,
        token_type: 'Bearer',
        iat: seconds(found.createdAt),
      }
    : { active: false }
