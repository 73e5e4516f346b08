import { Invalid } from '#platform/errors'

/** Parameters as a client sent them, from whatever encoding: nested objects, lists and texts (HTTP-02, HTTP-05 to HTTP-08). */
export type Params = { [name: string]: Param }
export type Param = string | number | boolean | null | Param[] | Params

/** How deep the name of a parameter nests, at most, and how far it counts. */
export const reach = Object.freeze({ depth: 8, index: 9999 })
// JSON nests as it likes; nothing of ours is half as deep.
const DEEPEST = 32
const COUNT = 1000
// Names that would reach into an object's prototype are no parameters of ours.
const unsafe = new Set(['__proto__', 'constructor', 'prototype'])

// Of these a null says that they are taken away, as a blank text does (HTTP-11).
const cleared = new Set(['expires_in'])

const tooMany = () => new Invalid('Validation failed: There are too many parameters')
const tooDeep = () => new Invalid('Validation failed: The parameters are nested too deeply')

/**
 * The pairs of a query or a form. Throws Invalid for more than anybody sends: they are counted before they are read, as
 * reading them is what costs (CVE-2024-45590).
 */
export function readPairs(text: string): URLSearchParams {
  let count = 1
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1))
    if ((count += 1) > COUNT) throw tooMany()
  return new URLSearchParams(text)
}

/**
 * Builds nested parameters from `name=value` pairs: `a[]=1` is a list, `a[b]=1` an object, `a[][b]=1` a list of
 * objects in which a repeated key starts the next one, `a[0][b]=1` the same by number. `a[][]=1`, which some apps send by
 * mistake, is `a[]=1`: no parameter is a list of lists. Throws Invalid for too many, or for names that nest too deeply.
 */
export function nest(pairs: Iterable<[string, string]>): Params {
  const result: Params = {}
  let count = 0
  for (const [name, value] of pairs) {
    if ((count += 1) > COUNT) throw tooMany()
    const keys = keysOf(name)
    if (keys.some((key) => unsafe.has(key))) continue
    put(result, keys, value)
  }
  return Object.fromEntries(Object.entries(result).map(([name, value]) => [name, listed(value)]))
}

function keysOf(name: string): string[] {
  if (!name.includes('[')) return [name]
  // No further than it takes to see that it is too deep.
  const parts = name.split(/\]\[|\[|\]/, reach.depth + 3)
  const keys = name.endsWith(']') ? parts.slice(0, -1) : parts
  if (keys.length > reach.depth + 1) throw tooDeep()
  return keys
}

function put(target: Params, [key = '', ...rest]: string[], value: string): void {
  if (rest.length === 0) {
    target[key] = value
    return
  }
  if (rest[0] === '') {
    const list = Array.isArray(target[key]) ? (target[key] as Param[]) : (target[key] = [])
    if (rest.every((key) => key === '')) list.push(value)
    else append(list as Param[], rest.slice(1), value)
    return
  }
  const inner = isObject(target[key]) ? target[key] : (target[key] = {})
  put(inner as Params, rest, value)
}

// A key that the last object has already starts the next one (HTTP-08).
function append(list: Param[], keys: string[], value: string): void {
  const last = list.at(-1)
  const isNew = keys.length === 1 && isObject(last) && Object.hasOwn(last, keys[0] ?? '')
  if (isObject(last) && !isNew) return put(last, keys, value)
  const next: Params = {}
  put(next, keys, value)
  list.push(next)
}

// `a[0]=x&a[1]=y` arrives as an object with number keys; it is a list in index order (HTTP-05).
// NUL is no character of any text that PostgreSQL keeps.
function listed(value: Param, depth = 0): Param {
  if (depth > DEEPEST) throw tooDeep()
  if (typeof value === 'string') return value.replaceAll('\0', '')
  if (Array.isArray(value)) return value.map((each) => listed(each, depth + 1))
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, listed(inner, depth + 1)] as const)
  if (entries.length > 0 && entries.every(([key]) => /^\d{1,4}$/.test(key))) {
    return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, inner]) => inner)
  }
  return Object.fromEntries(entries)
}

const isObject = (value: Param | undefined): value is Params =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The same for a JSON body: objects with number keys become lists, `null` equals absence (HTTP-07, HTTP-11). Throws
 * Invalid for one that is nested so deeply that it was made to break things.
 */
export const fromJson = (body: unknown): Params => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return {}
  const entries = Object.entries(body as Params).filter(
    ([name, value]) => (value !== null || cleared.has(name)) && !unsafe.has(name),
  )
  return Object.fromEntries(entries.map(([name, value]) => [name, listed(value ?? '')]))
}

type Folded = string | Folded[] | { [name: string]: Folded }

/** The same for a multipart form, which its parser has folded to objects and lists in a way of its own. */
export const fromForm = (body: unknown): Params => {
  const sent = Object.entries((body ?? {}) as Record<string, Folded>).flatMap(([name, value]) =>
    unfold(name, value),
  )
  // Of `a[][b]` the parser lists all values of each name; what was sent together comes together again.
  return nest(sent.sort((one, other) => one.place - other.place).map(({ name, text }) => [name, text]))
}

type Sent = { name: string; text: string; place: number }

function unfold(name: string, value: Folded): Sent[] {
  if (typeof value === 'string') return [{ name, text: value, place: 0 }]
  const parts = Object.entries(value)
  if (!Array.isArray(value)) return parts.flatMap(([key, inner]) => unfold(`${name}[${key}]`, inner))
  const listName = name.includes('[]') ? name : `${name}[]`
  return parts.flatMap(([index, inner]) =>
    typeof inner === 'string'
      ? [{ name: listName, text: inner, place: Number(index) }]
      : unfold(`${name}[${index}]`, inner),
  )
}
