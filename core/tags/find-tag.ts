import type { Ctx, TxCtx } from '../ctx.ts'
import { row, rows } from '#platform/db'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { parseTag, type TagName } from './parse-tag.ts'
import type { TagCard } from './tag.queries.ts'

const known = 'SELECT id, name, display_name AS "displayName" FROM hashtags WHERE name = $1'

/** Finds a hashtag by its name; one that nobody used yet has no id (MISC-04). Throws NotFound for what is no hashtag. */
export async function findTag(ctx: Pick<Ctx, 'tx'>, text: string): Promise<TagCard> {
  const tag = parseTag(text)
  if (!tag) throw new NotFound()
  return (await row<TagCard>(ctx, known, [tag.name])) ?? { id: '', name: tag.name, displayName: tag.display }
}

/** Gives a hashtag, which comes into being when nobody used it yet. */
export async function ensureTag(ctx: TxCtx, { name, display }: TagName): Promise<TagCard & { id: Id }> {
  await rows(ctx, 'INSERT INTO hashtags (name, display_name) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING', [
    name,
    display,
  ])
  const found = await row<TagCard & { id: Id }>(ctx, known, [name])
  if (!found) throw new NotFound()
  return found
}
