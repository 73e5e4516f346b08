import { readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { keepSeen } from './seen-entities.ts'

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../contract/${name}`, import.meta.url), 'utf8'))

/** One endpoint of the API as clients know it. */
export type Endpoint = {
  method: string
  path: string
  group: string
  auth: 'none' | 'app' | 'user' | 'optional'
  scopes: string[]
  params: {
    name: string
    in: 'path' | 'query' | 'body' | 'header'
    type: string
    required: boolean
    notes?: string
  }[]
  response: string
  paginated: string | null
  statusCodes: number[]
  removed: boolean
  /** The level of api_versions from which it is there. */
  apiVersion?: number
}

/** Every endpoint of the API. */
export const endpoints = read('endpoints.json') as Endpoint[]

type Schema = { $defs: Record<string, object> }
const entities = read('entities.schema.json') as Schema
// Kinds that Mastodon does not have (client extensions 4.1).
const { NotificationType: types } = entities.$defs as { NotificationType?: { enum: string[] } }
types?.enum.push('reaction', 'emoji_reaction', 'pleroma:emoji_reaction')
types?.enum.push('pending.favourite', 'pending.reply', 'pending.reblog')
/** Notes each definition that something has been found to fit. */
const SEEN = 'kithSeen'
const noted: Schema = {
  ...entities,
  $defs: Object.fromEntries(
    Object.entries(entities.$defs).map(([name, shape]) => [name, { ...shape, [SEEN]: name }]),
  ),
}

// The first stops at the first flaw, so that what it notes at the end of a definition did fit; the other tells them all.
const [checker, teller] = [noted, entities].map((schema, at) => {
  const ajv = new Ajv2020({ allErrors: at === 1 })
  formats.default(ajv)
  ajv.addKeyword({ keyword: SEEN, post: true, validate: note })
  ajv.addSchema(schema)
  return ajv
}) as [Ajv2020, Ajv2020]

const seen = new Set<string>()

function note(name: string, data: unknown): true {
  if (data !== null && !seen.has(name)) {
    seen.add(name)
    keepSeen(name)
  }
  return true
}

const validatorOf = (ajv: Ajv2020, name: string): ValidateFunction =>
  ajv.getSchema(`urn:kith:contract:mastodon:entities#/$defs/${name}`) ??
  ajv.compile({ $ref: `urn:kith:contract:mastodon:entities#/$defs/${name}` })

/** What is wrong with `json` as an entity of that name (`Status`, `Array<Account>`), in words; empty when nothing is. */
export function flawsOf(name: string, json: unknown): string[] {
  const [, item] = /^Array<(.+)>$/.exec(name) ?? []
  if (item) {
    if (!Array.isArray(json)) return ['it is no list']
    return json.flatMap((each, at) => flawsOf(item, each).map((flaw) => `[${at}]${flaw}`))
  }
  if (validatorOf(checker, name)(json)) return []
  const tell = validatorOf(teller, name)
  tell(json)
  return (tell.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  )
}

/** Fails unless `json` is an entity of that name: `expectEntity('Account', body)`, `expectEntity('Array<Status>', body)`. */
export function expectEntity(name: string, json: unknown): void {
  expect(flawsOf(name, json)).toEqual([])
}
