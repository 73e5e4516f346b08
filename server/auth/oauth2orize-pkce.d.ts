declare module 'oauth2orize-pkce' {
  import type { MiddlewareFunction } from 'oauth2orize'

  /** Reads `code_challenge` and `code_challenge_method` of authorization requests. */
  const pkce: { extensions: () => MiddlewareFunction }
  export default pkce
}
