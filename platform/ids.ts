import { randomBytes } from 'node:crypto'

/**
 * Ids are 64-bit numbers in decimal: milliseconds since 1970 shifted left by 16, plus 16 bits of sequence (ID-02).
 * PostgreSQL makes them (`kith_id()`), so they are unique over all processes; here they are only compared and read.
 */
export type Id = string

const MAX = 2n ** 63n - 1n

/** Is this text a well-formed id? What is not gives NotFound at the door (ID-05). */
export const isId = (text: unknown): text is Id =>
  typeof text === 'string' && /^[1-9]\d{0,18}$/.test(text) && BigInt(text) <= MAX

/** Orders ids: negative when `a` is older. Length first, then text (ID-03). */
export const compareIds = (a: Id, b: Id): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)

/** When an id was made. */
export const timeOfId = (id: Id): Date => new Date(Number(BigInt(id) >> 16n))

/** The smallest id of a moment; a bound for queries. */
export const firstIdOf = (time: Date): Id => (BigInt(time.getTime()) << 16n).toString()

/** A secret for tokens, codes and file names: `bytes` of randomness in base64url. */
export const secret = (bytes = 32): string => randomBytes(bytes).toString('base64url')
