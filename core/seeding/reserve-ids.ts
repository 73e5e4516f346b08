import type { TxCtx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/** SQL: the moment behind a number of milliseconds since 1970, as arrays carry it. */
export const moment = (milliseconds: string): string => `to_timestamp(${milliseconds} / 1000)`

/** Makes an id for each of these moments (milliseconds since 1970), in their order. */
export const reserveIds = async (ctx: TxCtx, moments: readonly number[]): Promise<Id[]> =>
  (
    await rows<{ id: Id }>(
      ctx,
      `SELECT kith_id(${moment('at')}) AS id FROM unnest($1::float8[]) WITH ORDINALITY AS each (at, place) ORDER BY place`,
      [moments],
    )
  ).map(({ id }) => id)

/** The numbers from 0 up to `count` in slices of `size`: first and end of each. */
export function* slices(count: number, size: number): Generator<[start: number, end: number]> {
  for (let start = 0; start < count; start += size) yield [start, Math.min(start + size, count)]
}
