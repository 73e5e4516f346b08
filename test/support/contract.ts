import { readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../contract/${name}`, import.meta.url), 'utf8'))

/** One endpoint of the API as clients know it. */
export type Endpoint = {
  method: string
  path: string
  auth: 'none' | 'app' | 'user' | 'optional'
  scopes: string[]
  response: string
  paginated: string | null
  statusCodes: number[]
}

/** Every endpoint of the API. */
export const endpoints = read('endpoints.json') as Endpoint[]

const ajv = new Ajv2020({ allErrors: true })
formats.default(ajv)
ajv.addSchema(read('entities.schema.json') as object)
const found = new Map<string, ValidateFunction>()

function validatorOf(name: string): ValidateFunction {
  const known = found.get(name)
  if (known) return known
  const validator = ajv.compile({ $ref: `urn:kith:contract:mastodon:entities#/$defs/${name}` })
  found.set(name, validator)
  return validator
}

/** What is wrong with `json` as an entity of that name (`Status`, `Array<Account>`), in words; empty when nothing is. */
export function flawsOf(name: string, json: unknown): string[] {
  const [, item] = /^Array<(.+)>$/.exec(name) ?? []
  if (item) {
    if (!Array.isArray(json)) return ['it is no list']
    return json.flatMap((each, at) => flawsOf(item, each).map((flaw) => `[${at}]${flaw}`))
  }
  const validate = validatorOf(name)
  if (validate(json)) return []
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  )
}

/** Fails unless `json` is an entity of that name: `expectEntity('Account', body)`, `expectEntity('Array<Status>', body)`. */
export function expectEntity(name: string, json: unknown): void {
  expect(flawsOf(name, json)).toEqual([])
}
