import { actingPerson } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import { NotFound } from '#platform/errors'
import { emit } from '#platform/facts'
import { transact } from '#platform/transact'
import { ensureTag } from './find-tag.ts'
import { parseTag } from './parse-tag.ts'
import type { TagCard } from './tag.queries.ts'

/** Follows a hashtag; twice is once (MISC-06). Throws NotFound for what is no hashtag (MISC-04). */
export const followTag = (ctx: Ctx, { name }: { name: string }): Promise<TagCard> =>
  transact(ctx, async (ctx) => {
    const { accountId } = actingPerson(ctx)
    const parsed = parseTag(name)
    if (!parsed) throw new NotFound()
    const tag = await ensureTag(ctx, parsed)
    const isNew = await row(
      ctx,
      'INSERT INTO tag_follows (account_id, hashtag_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id',
      [accountId, tag.id],
    )
    if (isNew) await emit(ctx, 'tag.followed', { accountId, hashtagId: tag.id })
    return tag
  })
