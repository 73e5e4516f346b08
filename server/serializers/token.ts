import type { IssuedToken } from '#core/auth/issue-token'

/** A token as its app gets it; it does not expire by itself (OAUTH-22, TRIP-56). */
export const tokenJson = ({ token, scopes, createdAt }: IssuedToken) => ({
  access_token: token,
  token_type: 'Bearer',
  scope: scopes.join(' '),
  created_at: Math.floor(createdAt.getTime() / 1000),
})
