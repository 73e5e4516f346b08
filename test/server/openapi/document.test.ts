import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { mountRoutes } from '#server/mount'
import { request } from '#test/support/client'
import { offered } from '#test/contract/scope'

type Named = { name: string; in: string; required?: boolean }
type Body = { content: Record<string, { schema: { properties: Record<string, unknown> } }> }
type Operation = {
  parameters?: Named[]
  requestBody?: Body
  responses: Record<string, { content?: Record<string, { schema: object }>; description: string }>
  security: Record<string, string[]>[]
  deprecated?: boolean
}
type Document = { paths: Record<string, Record<string, Operation>>; components: { schemas: object } }

const { list } = await mountRoutes()
const read = async (): Promise<Document> => (await request('GET', '/api/openapi.json')).body
const shape = (path: string): string => path.replaceAll(/:\w+|\{\w+\}/g, '{}')

const operationsOf = (document: Document): Map<string, Operation> =>
  new Map(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, one]) => [`${method.toUpperCase()} ${shape(path)}`, one] as const,
      ),
    ),
  )

// What stands elsewhere, and what Mastodon takes and does nothing with.
const unread = /^(path|header)$|ignored/
const bare = (name: string): string => name.replace(/\[.*$/s, '')
const namesIn = ({ parameters = [], requestBody }: Operation): Set<string> =>
  new Set([
    ...parameters.map(({ name }) => bare(name)),
    ...Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => Object.keys(schema.properties)),
  ])

test('the document is valid OpenAPI 3.1, and every reference in it leads somewhere', async () => {
  const document = await read()
  const validator = new Validator()
  const { valid, errors } = await validator.validate(structuredClone(document))
  expect({ valid, errors }).toMatchObject({ valid: true })
  expect(validator.version).toBe('3.1')
  const references = JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)
  const lost = [...references].filter(
    ([, path = '']) =>
      path.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], document) ===
      undefined,
  )
  expect(lost).toEqual([])
})

test('every route is in the document, with what it answers', async () => {
  const operations = operationsOf(await read())
  const missing = list.flatMap(({ method, path, answers }) => {
    const operation = operations.get(`${method.toUpperCase()} ${shape(path)}`)
    if (!operation) return [`${method} ${path}`]
    const isTold = answers === 'NoBody' ? '204' in operation.responses : '200' in operation.responses
    return answers && isTold ? [] : [`${method} ${path}: what it answers`]
  })
  expect(missing).toEqual([])
})

test('the document has every endpoint of the contract that is answered, with its parameters and its answer', async () => {
  const operations = operationsOf(await read())
  const wrong = offered.flatMap(({ method, path, params, response }) => {
    const operation = operations.get(`${method} ${shape(path)}`)
    // What is not there at all is named by `npm run contract`.
    if (!operation) return []
    const names = namesIn(operation)
    const told = Object.values(operation.responses)[0]?.description.replace('::SignedIn', '')
    const lost = params
      .filter(({ name, in: place, notes }) => !unread.test(notes ?? place) && !names.has(bare(name)))
      .map(({ name }) => `${method} ${path}: parameter ${name}`)
    const isTold = told === response || '204' in operation.responses
    return lost.concat(isTold ? [] : [`${method} ${path}: ${told}, not ${response}`])
  })
  expect(wrong).toEqual([])
})

test('the shapes of answers are those of the contract', () => {
  const own = readFileSync(new URL('../../../server/openapi/entities.schema.json', import.meta.url), 'utf8')
  const contract = readFileSync(new URL('../../contract/entities.schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(own)).toEqual(JSON.parse(contract))
})

test('scopes, deprecation and limits of a route are told', async () => {
  const operations = operationsOf(await read())
  expect(operations.get('POST /api/v1/statuses')).toMatchObject({
    security: [{ OAuth2: ['write:statuses'] }],
    description: expect.stringContaining('At most 300 such calls in 10800 seconds'),
  })
  expect(operations.get('GET /api/v1/instance')).toMatchObject({ deprecated: true, security: [{}] })
})

test('the page to read and try it comes with nothing from elsewhere', async () => {
  const { body, headers } = await request('GET', '/docs/api', undefined, { headers: { Accept: 'text/html' } })
  expect(headers.get('content-security-policy')).toContain("script-src 'self'")
  const own = [...String(body).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path)
  expect(own).toHaveLength(3)
  for (const path of own) expect([path, (await request('GET', path)).status]).toEqual([path, 200])
})
