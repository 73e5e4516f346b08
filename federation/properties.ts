/** A JSON object from another server: nothing in it is what it should be until it was looked at. */
export type Json = { [name: string]: unknown }

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** All values of a property that may be absent, null, one value or a list (wire G2). */
export const many = (value: unknown): unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]

/** The objects among the values of a property. */
export const objectsOf = (value: unknown): Json[] => many(value).filter(isJson)

/** A text, or undefined for anything else. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** The first id of a reference: an address, an object with an id, a Link with an href, or a list of these. */
export const idOf = (value: unknown): string | undefined => idsOf(value)[0]

/** The ids of all references in a property. */
export const idsOf = (value: unknown): string[] =>
  many(value).flatMap((each) => {
    const id =
      typeof each === 'string' ? each : isJson(each) ? (textOf(each.id) ?? textOf(each.href)) : undefined
    return id ? [id] : []
  })

/** The types of an object, of which there may be several. */
export const typesOf = (object: Json): string[] =>
  many(object.type).filter((each) => typeof each === 'string')

/** The first of the known types that an object has. */
export const typeOf = <T extends string>(object: Json, known: readonly T[]): T | undefined =>
  known.find((type) => typesOf(object).includes(type))

/** A web address in a `url` property of any shape: the first of the wanted media type, else the first at all. */
export function urlOf(value: unknown, wanted = 'text/html'): string | undefined {
  const links = many(value).flatMap((each) => {
    const href =
      typeof each === 'string' ? each : isJson(each) ? (textOf(each.href) ?? textOf(each.url)) : undefined
    return href && isWeb(href) ? [{ href, type: isJson(each) ? textOf(each.mediaType) : undefined }] : []
  })
  return (links.find(({ type }) => type === wanted) ?? links.find(({ type }) => !type) ?? links[0])?.href
}

export const isWeb = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? '')

/** A moment, or undefined when it cannot be read. */
export const timeOf = (value: unknown): Date | undefined => {
  const time = typeof value === 'string' ? new Date(value) : undefined
  return time && !Number.isNaN(time.getTime()) && time.getUTCFullYear() < 10_000 ? time : undefined
}

/** Seconds, of a duration as ISO 8601 writes it (`PT1H2M3.5S`) or a number of them; undefined when it is none, or nothing. */
export const secondsOf = (value: unknown): number | undefined => {
  const parts = DURATION.exec(textOf(value) ?? '')?.slice(1)
  const [days = 0, hours = 0, minutes = 0, rest = 0] = parts?.map((part) => Number(part ?? 0)) ?? []
  const count = typeof value === 'number' || typeof value === 'string' ? Number(value) : 0
  const seconds = parts ? ((days * 24 + hours) * 60 + minutes) * 60 + rest : count
  return seconds > 0 && seconds < LONGEST ? seconds : undefined
}
const DURATION = /^P(?:(\d{1,3})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,7})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?$/
const LONGEST = 1e8

/** A number that may be written as text and is never negative. */
export const countOf = (value: unknown): number | undefined => {
  const count = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN
  return Number.isFinite(count) && count >= 0 ? Math.floor(count) : undefined
}

export const booleanOf = (value: unknown): boolean => value === true || value === 'true'

/** The host of an address with its port, or undefined when it is no address. */
export const hostOf = (address: string | undefined): string | undefined =>
  address === undefined ? undefined : (URL.parse(address)?.host ?? undefined)

/** Do two addresses belong to one origin? Ports count; http and https differ (federation rules 83, 84). */
export const sameOrigin = (a: string | undefined, b: string | undefined): boolean => {
  const [one, other] = [a, b].map((each) => (each === undefined ? undefined : URL.parse(each)?.origin))
  return one !== undefined && one !== 'null' && one === other
}
