import { schemaOf } from './components.ts'

type Place = 'path' | 'query' | 'body'
/** An address that no route statement tells of: what it takes, and what it answers. */
export type Beside = {
  method: 'get' | 'post' | 'delete' | 'put'
  path: string
  tag: string
  says: string
  params?: readonly (readonly [name: string, place: Place, isRequired?: boolean])[]
  answers: string
  status?: number
  type?: string
  security?: object[]
}

const inPath = (path: string) => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)

function requestBodyOf({ params = [] }: Beside): object {
  const fields = params.filter(([, place]) => place === 'body')
  if (fields.length === 0) return {}
  const required = fields.filter(([, , isRequired]) => isRequired).map(([name]) => name)
  const schema = {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name]) => [name, { type: 'string' }])),
    ...(required.length > 0 ? { required } : {}),
  }
  return { requestBody: { content: { 'application/x-www-form-urlencoded': { schema } } } }
}

/** One of them as an operation of OpenAPI. */
export function besideOperation(one: Beside): object {
  const {
    method,
    path,
    tag,
    says,
    params = [],
    answers,
    status = 200,
    type = 'application/json',
    security,
  } = one
  const schema = { type: 'string' }
  return {
    operationId: `${method}${path.replaceAll(/[^A-Za-z0-9]+(\w?)/g, (_, next: string) => next.toUpperCase())}`,
    tags: [tag],
    summary: says,
    security: security ?? [{}],
    parameters: [
      ...inPath(path).map((name) => ({ name, in: 'path', required: true, schema })),
      ...params
        .filter(([, place]) => place === 'query')
        .map(([name, , isRequired = false]) => ({ name, in: 'query', required: isRequired, schema })),
    ],
    ...requestBodyOf(one),
    responses: {
      [status]: {
        description: answers,
        ...(status === 200
          ? { content: { [type]: { schema: schemaOf(answers) ?? { type: 'string' } } } }
          : {}),
      },
      default: { $ref: '#/components/responses/Problem' },
    },
  }
}
