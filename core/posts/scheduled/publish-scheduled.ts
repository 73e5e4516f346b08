import type { Role } from '../../actor.ts'
import type { Ctx } from '../../ctx.ts'
import { freeMedia } from '../../media/free-media.ts'
import { now } from '#platform/clock'
import { row, rows } from '#platform/db'
import { KithError, Unavailable } from '#platform/errors'
import type { Id } from '#platform/ids'
import { log } from '#platform/log'
import { transact } from '#platform/transact'
import { checkPost, type NewPost } from '../check-post.ts'
import { recordPost } from '../record-post.ts'

type Due = {
  id: Id
  accountId: Id
  userId: Id
  role: Role
  appId: Id | null
  draft: NewPost
  mediaIds: Id[]
}

const BATCH = 50

const due = `SELECT s.id, s.account_id AS "accountId", u.id AS "userId", u.role, s.app_id AS "appId", s.draft,
    s.media_ids AS "mediaIds"
  FROM scheduled_posts AS s JOIN users AS u ON u.account_id = s.account_id JOIN accounts AS a ON a.id = s.account_id
  WHERE s.scheduled_at <= $1 AND s.failed_at IS NULL AND a.suspended_at IS NULL AND a.gone_at IS NULL
  ORDER BY s.scheduled_at LIMIT ${BATCH}`

/**
 * Publishes posts whose time has come, each once: it is taken off the list in the transaction that writes it (POST-19).
 * What cannot be published any more stays with its author, who may choose another time.
 */
export async function publishScheduled(ctx: Ctx): Promise<void> {
  for (;;) {
    const found = await rows<Due>(ctx, due, [now()])
    for (const each of found) await publishOrKeep(ctx, each)
    if (found.length < BATCH) return
  }
}

async function publishOrKeep(ctx: Ctx, waiting: Due): Promise<void> {
  try {
    await publish(ctx, waiting)
  } catch (error) {
    // The fault of this one post, which must not hold up the others.
    if (!(error instanceof KithError) || error instanceof Unavailable) throw error
    log.warn({ scheduledId: waiting.id, error: error.message }, 'a scheduled post could not be published')
    await rows(ctx, 'UPDATE scheduled_posts SET failed_at = $2 WHERE id = $1', [waiting.id, now()])
  }
}

async function publish(ctx: Ctx, waiting: Due): Promise<void> {
  const { id, accountId, userId, role, appId, mediaIds } = waiting
  const actor = { kind: 'person', accountId, userId, role, ...(appId ? { appId } : {}) } as const
  const checked = await checkPost({ ...ctx, actor }, waiting.draft)
  await transact({ ...ctx, actor }, async (ctx) => {
    const taken = await row(
      ctx,
      'SELECT 1 FROM scheduled_posts WHERE id = $1 AND scheduled_at <= $2 AND failed_at IS NULL FOR UPDATE',
      [id, now()],
    )
    if (!taken) return
    await freeMedia(ctx, mediaIds)
    const post = await recordPost(ctx, checked)
    await rows(ctx, 'UPDATE idempotency_keys SET post_id = $2 WHERE scheduled_id = $1', [id, post.id])
    await rows(ctx, 'DELETE FROM scheduled_posts WHERE id = $1', [id])
  })
}
