import { rows } from '#platform/db'
import { Forbidden, Invalid } from '#platform/errors'
import type { Ctx } from '../ctx.ts'

const LONGEST = 65_536

/** Keeps what a web client wants to know again in the next browser: any JSON. Throws Invalid when it is too much. */
export async function keepWebSettings(ctx: Ctx, data: unknown): Promise<void> {
  if (ctx.actor.kind !== 'person') throw new Forbidden()
  const text = JSON.stringify(data)
  if (text.length > LONGEST) throw new Invalid('Validation failed: Data is too long')
  await rows(ctx, `UPDATE users SET preferences = jsonb_set(preferences, '{web}', $2::jsonb) WHERE id = $1`, [
    ctx.actor.userId,
    text,
  ])
}
