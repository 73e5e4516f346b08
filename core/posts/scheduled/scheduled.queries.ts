import { actingId } from '../../actor.ts'
import type { Ctx } from '../../ctx.ts'
import { type Cursors, pageOf } from '../../paging.ts'
import { row, rows } from '#platform/db'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import type { NewPost } from '../check-post.ts'
import { type MediumCard, mediumCard } from '../post.queries.ts'

/** A post that waits, with its media in their order. */
export type Waiting = { id: Id; appId: Id | null; draft: NewPost; scheduledAt: Date; media: MediumCard[] }

const columns = `s.id, s.app_id AS "appId", s.draft, s.scheduled_at AS "scheduledAt",
  coalesce((SELECT jsonb_agg(${mediumCard} ORDER BY array_position(s.media_ids, m.id))
    FROM media AS m WHERE m.id = ANY (s.media_ids)), '[]') AS media`

/** The waiting posts of the actor, last written first. */
export async function scheduledPosts(ctx: Ctx, cursors: Cursors): Promise<Waiting[]> {
  const page = pageOf(cursors, 's.id', 2)
  const found = await rows<Waiting>(
    ctx,
    `SELECT ${columns} FROM scheduled_posts AS s WHERE s.account_id = $1 AND ${page.where} ${page.order}`,
    [actingId(ctx), ...page.values],
  )
  return page.newestFirst(found)
}

/** One of them. Throws NotFound. */
export async function scheduledPost(ctx: Ctx, id: Id): Promise<Waiting> {
  const found = await row<Waiting>(
    ctx,
    `SELECT ${columns} FROM scheduled_posts AS s WHERE s.id = $1 AND s.account_id = $2`,
    [id, actingId(ctx)],
  )
  if (!found) throw new NotFound()
  return found
}
