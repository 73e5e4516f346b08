import { actingPerson } from '../../actor.ts'
import type { Ctx, TxCtx } from '../../ctx.ts'
import { holdMedia } from '../../media/hold-media.ts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { checkPost, type NewPost } from '../check-post.ts'
import { claimKey } from '../claim-key.ts'
import { assertAhead, assertRoom } from './schedule.policy.ts'
import { ScheduledPost } from './scheduled-post.model.ts'

/** What came of it: the post waits, or this very request made a post before that is there by now. */
export type Scheduled = { scheduledId: Id } | { postId: Id }

/**
 * Keeps a post of a member to be published later, with its media, which nothing else gets meanwhile (POST-17 to POST-19);
 * the same key gives the same again (POST-02). Throws as `createPost`, and Invalid for a time that is too near or when too
 * many wait.
 */
export async function schedulePost(
  ctx: Ctx,
  { scheduledAt, ...asked }: NewPost & { scheduledAt: Date },
): Promise<Scheduled> {
  const { accountId, userId, appId } = actingPerson(ctx)
  assertAhead(scheduledAt)
  const { idempotencyKey: key, ...draft } = asked
  const { mediaIds = [] } = await checkPost(ctx, asked)
  const waiting = { accountId, appId: appId ?? null, draft, mediaIds, scheduledAt }
  return transact(ctx, async (ctx) => {
    if (!key?.trim()) return { scheduledId: await keep(ctx, waiting) }
    const body = { ...draft, scheduledAt }
    const { postId, scheduledId, settle } = await claimKey(ctx, { userId, key, body })
    if (postId) return { postId }
    if (scheduledId) return { scheduledId }
    const id = await keep(ctx, waiting)
    await settle({ scheduledId: id })
    return { scheduledId: id }
  })
}

type Waiting = Pick<ScheduledPost, 'accountId' | 'appId' | 'draft' | 'mediaIds' | 'scheduledAt'>

async function keep(ctx: TxCtx, waiting: Waiting): Promise<Id> {
  const { accountId, mediaIds, scheduledAt: at } = waiting
  await assertRoom(ctx, { accountId, at })
  await holdMedia(ctx, { ownerId: accountId, until: at }, mediaIds)
  const { id } = await ScheduledPost.create(waiting, { transaction: ctx.tx })
  return id
}
