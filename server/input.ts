import { z } from 'zod'
import { NotFound } from '#platform/errors'
import { isId } from '#platform/ids'

const no = new Set(['false', '0', 'f', 'F', 'FALSE', 'off', 'OFF'])

/** What a client wrote, as a text; objects and lists say nothing, whatever methods they claim to have. */
export const written = (value: unknown): string =>
  typeof value === 'object' || value === undefined ? '' : String(value)

/** A yes or no in any of the spellings that clients use; blank is absent (HTTP-09). */
export const bool = () =>
  z.preprocess(
    (value) =>
      value === '' || value === null
        ? undefined
        : typeof value === 'string'
          ? !no.has(value)
          : value && value !== 0,
    z.boolean().optional(),
  )

/** A number that may come as text (HTTP-10); blank is absent. */
export const number = () =>
  z.preprocess(
    (value) =>
      value === '' || value === null ? undefined : typeof value === 'string' ? Number(value) : value,
    z.number('is not a number').optional(),
  )

/** A text; numbers and booleans of JSON bodies count as what they look like. Blank is kept. */
export const text = () =>
  z.preprocess(
    (value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value),
    z.string().optional(),
  )

/** An id in a path; one that is not well formed is not found (ID-05). */
export const id = () =>
  z
    .preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string())
    .transform((value) => {
      if (!isId(value)) throw new NotFound()
      return value
    })

/** An id as a cursor or parameter; blank or malformed is absent. */
export const maybeId = () =>
  z.preprocess((value) => (isId(written(value)) ? written(value) : undefined), z.string().optional())

const many = (value: unknown): unknown =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]

/** A list of texts; one text counts as a list of one. */
export const texts = () => z.preprocess(many, z.array(z.preprocess(written, z.string())))

/** A list of ids; those that are not well formed are left out. */
export const ids = () => texts().transform((list) => list.filter(isId))

/** How many items: its sign is dropped, it is capped, and what cannot be read counts as 0 (PAGE-17). */
export const limit = (usual: number, most: number) =>
  z.preprocess(
    (value) => {
      if (value === undefined) return usual
      const parsed = Math.abs(Number.parseInt(written(value), 10))
      return Number.isNaN(parsed) ? 0 : Math.min(parsed, most)
    },
    z.number().meta({ default: usual, minimum: 0, maximum: most }),
  )

/** The cursors of a list (PAGE-02 to PAGE-05) and how many items at most. */
export const cursors = (usual: number, most: number) => ({
  max_id: maybeId(),
  since_id: maybeId(),
  min_id: maybeId(),
  limit: limit(usual, most),
})
