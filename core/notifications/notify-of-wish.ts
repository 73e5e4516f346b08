import type { Ctx } from '../ctx.ts'
import type { Interaction } from '../posts/interactions/interaction.policy.ts'
import { row, rows } from '#platform/db'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { notify } from './notify.ts'

const kinds: Record<Interaction, string> = {
  like: 'pending.favourite',
  reply: 'pending.reply',
  boost: 'pending.reblog',
}

type Waiting = { kind: Interaction; authorId: Id; targetId: Id }

/**
 * Tells a member that somebody wants to do something with a post of theirs that needs their yes, unless that is answered
 * already; of several replies by one account only the first is told (client extensions 4.13).
 */
export const notifyOfWish = (ctx: Ctx, { requestId, accountId }: Facts['interaction.requested']) =>
  transact(ctx, async (ctx) => {
    // Who answers it or takes it back at this moment waits, so that the notification is withdrawn after it was made.
    const found = await row<Waiting>(
      ctx,
      `SELECT kind, author_id AS "authorId", target_id AS "targetId" FROM interaction_requests
       WHERE id = $1 AND state = 'pending' FOR KEY SHARE`,
      [requestId],
    )
    if (!found) return
    const { kind, authorId, targetId: postId } = found
    const about = { postId, subjectId: requestId }
    await notify(ctx, [{ accountId: authorId, kind: kinds[kind], fromId: accountId, ...about }])
  })

/** It was answered or taken back: the member is asked no more. */
export async function withdrawOfWish(ctx: Ctx, fact: Facts['interaction.withdrawn']): Promise<void> {
  await rows(
    ctx,
    `DELETE FROM notifications AS n WHERE n.post_id = $1 AND n.from_id = $2 AND n.kind = $3
       AND NOT EXISTS (SELECT FROM interaction_requests AS i WHERE i.id = n.subject_id AND i.state = 'pending')`,
    [fact.targetId, fact.accountId, kinds[fact.kind]],
  )
}
