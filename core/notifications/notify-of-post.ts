import type { Ctx } from '../ctx.ts'
import { glance } from '../glance.ts'
import { now } from '#platform/clock'
import { rows } from '#platform/db'
import { compareIds, firstIdOf, type Id } from '#platform/ids'
import { notify } from './notify.ts'

const DAYS_30 = 30 * 86_400_000

/**
 * Tells members whom a new post names, and those who asked to hear of its author (NOTE-01). A reply is a mention of whom
 * it names (TRIP-67). Quiet ones and those older than 30 days tell nobody (federation rule 124).
 */
export async function notifyOfPost(
  ctx: Ctx,
  { postId, isQuiet = false }: { postId: Id; isQuiet?: boolean },
): Promise<void> {
  if (isQuiet || compareIds(postId, firstIdOf(new Date(now().getTime() - DAYS_30))) < 0) return
  if (!(await glance(postId))?.isNews) return
  const found = await rows<{ accountId: Id; kind: 'mention' | 'status'; fromId: Id }>(ctx, concerned, [
    postId,
  ])
  await notify(
    ctx,
    found.map(({ accountId, kind, fromId }) => ({ accountId, kind, fromId, postId })),
  )
}

const isAnswer =
  '(p.reply_to_id IS NOT NULL OR p.reply_to_uri IS NOT NULL OR p.reply_to_account_id IS NOT NULL)'

const concerned = `SELECT m.account_id AS "accountId", 'mention' AS kind, p.author_id AS "fromId"
    FROM posts AS p JOIN mentions AS m ON m.post_id = p.id
    WHERE p.id = $1 AND NOT m.is_silent
  UNION ALL SELECT f.follower_id, 'status', p.author_id
    FROM posts AS p JOIN follows AS f ON f.followed_id = p.author_id AND f.state = 'accepted' AND f.notifies
    WHERE p.id = $1 AND (NOT ${isAnswer} OR p.reply_to_account_id = p.author_id)
      AND NOT EXISTS (SELECT FROM mentions AS m WHERE m.post_id = p.id AND m.account_id = f.follower_id)`
