import { limitTerms } from '../middleware/rate-limits.ts'
import type { Route } from '../routes.ts'
import { schemaOf } from './components.ts'
import { parametersOf } from './parameters.ts'

const limitHeaders = {
  'X-RateLimit-Limit': { $ref: '#/components/headers/RateLimit' },
  'X-RateLimit-Remaining': { $ref: '#/components/headers/RateRemaining' },
  'X-RateLimit-Reset': { $ref: '#/components/headers/RateReset' },
}
const error = (name: string) => ({ $ref: `#/components/responses/${name}` })

const words: Record<Route['access'], string> = {
  none: 'Anybody may call it.',
  optional: 'Anybody may call it; with a token it tells more.',
  app: 'Any app with a token may call it.',
  user: 'An app may call it in the name of a member.',
  session: 'Pages of this server call it, in the session of a member.',
}

const isPaged = ({ input }: Route): boolean =>
  Object.hasOwn((input as { shape?: object })?.shape ?? {}, 'max_id')

function describe(route: Route): string {
  const { access, limit, deprecated } = route
  const terms = limit && limitTerms(limit)
  return [
    words[access],
    ...(terms ? [`At most ${terms.points} such calls in ${terms.seconds} seconds.`] : []),
    ...(deprecated ? [`Deprecated since ${new Date(deprecated * 1000).toISOString().slice(0, 10)}.`] : []),
  ].join(' ')
}

// Any one of the scopes is enough.
function securityOf({ access, scopes }: Route): object[] {
  if (access === 'none') return [{}]
  if (access === 'session') return [{ Session: [] }]
  const ways = scopes.length > 0 ? scopes.map((scope) => ({ OAuth2: [scope] })) : [{ OAuth2: [] }]
  return access === 'optional' ? [{}, ...ways] : ways
}

function successOf(route: Route): object {
  const { answers = 'Empty' } = route
  if (answers === 'NoBody') return { 204: { description: 'Nothing to tell.', headers: limitHeaders } }
  const schema = schemaOf(answers)
  const headers = {
    ...limitHeaders,
    ...(isPaged(route) && route.method === 'get' ? { Link: { $ref: '#/components/headers/Link' } } : {}),
    ...(route.deprecated ? { Deprecation: { $ref: '#/components/headers/Deprecation' } } : {}),
  }
  return {
    200: {
      description: answers,
      headers,
      ...(schema ? { content: { 'application/json': { schema } } } : {}),
    },
  }
}

function failuresOf({ access, path, missing }: Route): object {
  const isGuarded = access !== 'none'
  return {
    ...(missing === 400 ? { 400: error('BadRequest') } : {}),
    ...(isGuarded ? { 401: error('Unauthorized'), 403: error('Forbidden') } : {}),
    ...(path.includes(':') ? { 404: error('NotFound') } : {}),
    422: error('Unprocessable'),
    429: error('TooMany'),
    503: error('Unavailable'),
  }
}

/** One stated route as an operation of OpenAPI. */
export function operationOf(route: Route): object {
  const nouns = route.path.split('/').filter((part) => part && !/^(api|v\d.*|:.*|\.well-known)$/.test(part))
  return {
    operationId: `${route.method}${route.path.replaceAll(/[^A-Za-z0-9]+(\w?)/g, (_, next: string) => next.toUpperCase())}`,
    tags: [nouns[0] ?? 'other'],
    summary: `${nouns.join(' ').replaceAll('_', ' ')}: ${route.answers ?? 'Empty'}`,
    description: describe(route),
    ...(route.deprecated ? { deprecated: true } : {}),
    security: securityOf(route),
    ...parametersOf(route),
    responses: { ...successOf(route), ...failuresOf(route) },
  }
}
