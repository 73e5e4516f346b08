import type { Json } from '#federation/properties'
import { fixtureFolders, fixtureNames, readFixture } from './fixtures.ts'

/** What a correct server makes of a payload; the names are explained beside the payloads. */
export type Expectation = Json & {
  kind: string
  id?: string
  actor?: string
  author?: string
  object?: unknown
}

/** What one server really sent, and what it means. */
export type Payload = { file: string; json: Json; expect: Expectation }

function read(): Payload[] {
  if (fixtureFolders().length === 0) return []
  const listed = JSON.parse(readFixture('expectations.json').toString()) as {
    file: string
    expect: Expectation
  }[]
  const there = new Set(
    fixtureFolders().flatMap((folder) => fixtureNames(folder).map((name) => `${folder}/${name}`)),
  )
  return listed
    .filter(({ file }) => there.has(file))
    .map(({ file, expect }) => ({ file, expect, json: JSON.parse(readFixture(file).toString()) as Json }))
}

/** Every payload that is not a signed request of its own; none when they are not beside the checkout. */
export const payloads = read()

/** The documents that servers gave at these ids. */
export const captured: ReadonlyMap<string, Json> = new Map(
  payloads.flatMap(({ json, expect }) =>
    ['actor', 'post'].includes(expect.kind) && expect.via === undefined && typeof json.id === 'string'
      ? [[json.id, json] as const]
      : [],
  ),
)

/** The same, with texts that stand in the map replaced by what they stand for. */
export function replaced<T>(value: T, by: ReadonlyMap<string, string>): T
export function replaced(value: unknown, by: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return by.get(value) ?? value
  if (Array.isArray(value)) return value.map((each) => replaced(each, by))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replaced(each, by)]))
}
