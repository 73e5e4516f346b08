import { z } from 'zod'
import type { Route } from '../routes.ts'

type Schema = { [key: string]: unknown }
type Named = { name: string; schema: Schema; isRequired: boolean }

/** Everything that a route reads, wherever it stands. */
function namedIn({ input }: Route): Named[] {
  if (!input) return []
  const { properties = {} } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Schema>
  }
  const { shape = {} } = input as { shape?: Record<string, z.ZodType> }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    schema,
    // Helpers that read many spellings give a default themselves: what may be absent is told by trying.
    isRequired: Object.hasOwn(shape, name) && isNeeded(shape[name]),
  }))
}

function isNeeded(field: z.ZodType | undefined): boolean {
  try {
    return field?.safeParse(undefined).success === false
  } catch {
    // An id that is no id is not found, rather than wrong.
    return true
  }
}

const inPath = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)

function inQuery({ name, schema, isRequired }: Named): object {
  const usual = { in: 'query', required: isRequired, schema }
  if (schema.type === 'array') return { ...usual, name: `${name}[]`, style: 'form', explode: true }
  if (schema.type === 'object') return { ...usual, name, style: 'deepObject', explode: true }
  return { ...usual, name }
}

function bodyOf(named: Named[], files: readonly string[]): object {
  const properties = Object.fromEntries(named.map(({ name, schema }) => [name, schema]))
  const required = named.filter(({ isRequired }) => isRequired).map(({ name }) => name)
  const object = (more: Schema = {}) => ({
    schema: {
      type: 'object',
      properties: { ...properties, ...more },
      ...(required.length > 0 ? { required } : {}),
    },
  })
  const binary = Object.fromEntries(files.map((name) => [name, { type: 'string', format: 'binary' }]))
  return {
    content: {
      ...(files.length > 0 ? {} : { 'application/json': object() }),
      'application/x-www-form-urlencoded': object(),
      'multipart/form-data': object(binary),
    },
  }
}

/**
 * The parameters of a route as OpenAPI has them. All of them are read from path, query and body alike (HTTP-02); told is
 * the place where clients put them.
 */
export function parametersOf(route: Route): object {
  const fromPath = new Set(inPath(route.path))
  const named = namedIn(route)
  const others = named.filter(({ name }) => !fromPath.has(name))
  const hasBody = ['post', 'put', 'patch'].includes(route.method)
  const { files = [], headers = [] } = route
  return {
    parameters: [
      ...[...fromPath].map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      ...headers.map((name) => ({ name, in: 'header', schema: { type: 'string' } })),
      ...(hasBody ? [] : others.map(inQuery)),
    ],
    ...(hasBody && others.length + files.length > 0 ? { requestBody: bodyOf(others, files) } : {}),
  }
}
