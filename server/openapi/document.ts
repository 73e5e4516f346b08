import { instance } from '#config/instance'
import { allScopes } from '#core/auth/scopes'
import type { Route } from '../routes.ts'
import { apiVersion } from '../serializers/instance.ts'
import { discovery, files } from './beside-discovery.ts'
import { oauth } from './beside-oauth.ts'
import { streams } from './beside-streams.ts'
import { besideOperation } from './beside.ts'
import { schemas } from './components.ts'
import { operationOf } from './operation.ts'

const { origin } = instance

const header = (description: string, example: string) => ({
  description,
  schema: { type: 'string' },
  example,
})
const failure = (description: string, entity = 'Error') => ({
  description,
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${entity}` } } },
})

const responses = {
  BadRequest: failure('Something that is needed is missing.'),
  Unauthorized: failure('The token is missing, unknown or revoked.'),
  Forbidden: failure('The token or the member may not do this.'),
  NotFound: failure('It does not exist, or the caller may not see it.'),
  Unprocessable: failure(
    'A value breaks a rule; sign-up and profiles also say which, field by field.',
    'Error',
  ),
  TooMany: failure('A limit is used up; X-RateLimit-Reset says until when.'),
  Unavailable: failure('It cannot be done at the moment; Retry-After says when to come again.'),
  Problem: failure('What went wrong, by a code and in words.', 'Error'),
}

const headers = {
  Link: header('The next and the previous page, next first.', `<${origin}/api/v1/…?max_id=1>; rel="next"`),
  RateLimit: header('How many calls the tightest limit allows.', '300'),
  RateRemaining: header('How many of them are left.', '299'),
  RateReset: header('When it is whole again.', '2026-01-31T12:00:00.000000Z'),
  Deprecation: header('Since when nobody should call it any more.', '@1668384000'),
}

const securitySchemes = {
  OAuth2: {
    type: 'oauth2',
    flows: {
      authorizationCode: {
        authorizationUrl: `${origin}/oauth/authorize`,
        tokenUrl: `${origin}/oauth/token`,
        scopes: Object.fromEntries(allScopes.map((scope) => [scope, scope])),
      },
      clientCredentials: {
        tokenUrl: `${origin}/oauth/token`,
        scopes: Object.fromEntries(allScopes.map((scope) => [scope, scope])),
      },
    },
  },
  Session: { type: 'apiKey', in: 'cookie', name: 'kith' },
}

const description = `The Mastodon client API as this server speaks it. Every parameter is read from the query, from a form, a multipart
form or JSON alike; in forms a list is \`name[]\` and an object \`name[key]\`. Answers carry X-RateLimit headers, errors an object with \`error\`.`

const inBraces = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}')

/** The whole API as an OpenAPI 3.1 document: every stated route, and what stands beside them. */
export function openApiDocument(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {}
  const all = [
    ...routes.map((route) => [route.path, route.method, operationOf(route)] as const),
    ...[...oauth, ...discovery, ...files, ...streams].map(
      (one) => [one.path, one.method, besideOperation(one)] as const,
    ),
  ]
  for (const [path, method, operation] of all) (paths[inBraces(path)] ??= {})[method] = operation
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kith',
      version: apiVersion,
      description,
      license: { name: 'AGPL-3.0-only', identifier: 'AGPL-3.0-only' },
    },
    servers: [{ url: origin }],
    paths: Object.fromEntries(Object.entries(paths).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    components: { schemas, responses, headers, securitySchemes },
  }
}
