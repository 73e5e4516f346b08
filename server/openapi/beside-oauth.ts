import type { Beside } from './beside.ts'

const authorization = [
  ['client_id', 'query', true],
  ['redirect_uri', 'query', true],
  ['response_type', 'query', true],
  ['scope', 'query'],
  ['state', 'query'],
  ['response_mode', 'query'],
  ['code_challenge', 'query'],
  ['code_challenge_method', 'query'],
  ['force_login', 'query'],
  ['lang', 'query'],
] as const
const inBody = authorization.map(([name]) => [name, 'body'] as const)
const client = [
  ['client_id', 'body', true],
  ['client_secret', 'body', true],
] as const
const html = 'text/html'
const session = [{ Session: [] }]

/** Where members let apps in, and apps get their tokens. */
export const oauth: Beside[] = [
  {
    method: 'get',
    path: '/oauth/authorize',
    tag: 'oauth',
    says: 'Asks a member whether an app may act for them.',
    params: authorization,
    answers: 'HTML',
    type: html,
  },
  {
    method: 'post',
    path: '/oauth/authorize',
    tag: 'oauth',
    says: 'Takes the answer of the member.',
    params: [...inBody, ['transaction_id', 'body'], ['decision', 'body']],
    answers: 'Redirect',
    status: 302,
    security: session,
  },
  {
    method: 'delete',
    path: '/oauth/authorize',
    tag: 'oauth',
    says: 'Tells the app that the member does not want it.',
    params: authorization,
    answers: 'Redirect',
    status: 302,
    security: session,
  },
  {
    method: 'get',
    path: '/oauth/authorize/native',
    tag: 'oauth',
    says: 'Shows the code to an app without an address.',
    params: [['code', 'query', true]],
    answers: 'HTML',
    type: html,
    security: session,
  },
  {
    method: 'post',
    path: '/oauth/token',
    tag: 'oauth',
    says: 'Gives a token for a code, or to an app in its own name.',
    params: [
      ['grant_type', 'body', true],
      ...client,
      ['code', 'body'],
      ['redirect_uri', 'body'],
      ['code_verifier', 'body'],
      ['scope', 'body'],
    ],
    answers: 'Token',
  },
  {
    method: 'post',
    path: '/oauth/revoke',
    tag: 'oauth',
    says: 'Ends a token.',
    params: [...client, ['token', 'body', true]],
    answers: 'Empty',
  },
  {
    method: 'post',
    path: '/oauth/introspect',
    tag: 'oauth',
    says: 'Tells an app about its token.',
    params: [...client, ['token', 'body', true]],
    answers: 'OAuthIntrospection',
  },
  {
    method: 'get',
    path: '/oauth/authorized_applications',
    tag: 'oauth',
    says: 'Shows which apps may act for the member.',
    answers: 'HTML',
    type: html,
    security: session,
  },
  {
    method: 'delete',
    path: '/oauth/authorized_applications/:id',
    tag: 'oauth',
    says: 'Ends what an app may do.',
    answers: 'Redirect',
    status: 302,
    security: session,
  },
]
