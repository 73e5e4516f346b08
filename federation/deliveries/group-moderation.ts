import { Account } from '#core/accounts/account.model'
import { accountUri, postUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { Post } from '#core/posts/post.model'
import type { Facts } from '#platform/facts'
import type { Id } from '#platform/ids'
import { groupUri, moderationActivity, undoModerationActivity } from '../group-activities.ts'
import type { Json } from '../properties.ts'
import { announceIn } from '../relay-to-group.ts'

/** Lets a group tell that somebody moderates it now. */
export const announceModerator = (ctx: Ctx, fact: Facts['group.moderatorAdded']): Promise<void> =>
  ofAccount(ctx, fact, (actor, object) =>
    moderationActivity('Add', { ...fact, actor }, object, { target: `${groupUri(fact.groupId)}/moderators` }),
  )

/** That they do no more. */
export const announceModeratorEnd = (ctx: Ctx, fact: Facts['group.moderatorRemoved']): Promise<void> =>
  ofAccount(ctx, fact, (actor, object) =>
    moderationActivity('Remove', { ...fact, actor }, object, {
      target: `${groupUri(fact.groupId)}/moderators`,
    }),
  )

const block = ({ groupId, blockId: deedId }: Facts['group.memberBanned'], actor: string, object: string) =>
  moderationActivity('Block', { groupId, actor, deedId }, object, { target: groupUri(groupId) })

/** That it banned somebody. */
export const announceBan = (ctx: Ctx, fact: Facts['group.memberBanned']): Promise<void> =>
  ofAccount(ctx, fact, (actor, object) => block(fact, actor, object))

/** That it did so no more. */
export const announceBanEnd = (ctx: Ctx, fact: Facts['group.memberUnbanned']): Promise<void> =>
  ofAccount(ctx, fact, (actor, object) => undoModerationActivity(block(fact, actor, object)))

/** That a post was taken out of it; who knows no groups hears of the boost that was taken back. */
export const announceRemoval = (ctx: Ctx, fact: Facts['group.postRemoved']): Promise<void> =>
  ofPost(ctx, fact, (actor, object) => moderationActivity('Delete', { ...fact, actor }, object))

/** That nobody but moderators goes on in a thread. */
export const announceLock = (ctx: Ctx, fact: Facts['group.threadLocked']): Promise<void> =>
  ofPost(ctx, fact, (actor, object) => moderationActivity('Lock', { ...fact, actor }, object))

/** That everybody may again. */
export const announceUnlock = (ctx: Ctx, fact: Facts['group.threadUnlocked']): Promise<void> =>
  ofPost(ctx, fact, (actor, object) =>
    undoModerationActivity(moderationActivity('Lock', { ...fact, actor }, object)),
  )

/** That a post is pinned in it. */
export const announceGroupPin = (ctx: Ctx, fact: Facts['group.postPinned']): Promise<void> =>
  ofPost(ctx, fact, (actor, object) =>
    moderationActivity('Add', { ...fact, actor }, object, { target: `${groupUri(fact.groupId)}/featured` }),
  )

/** That it is pinned no more. */
export const announceGroupUnpin = (ctx: Ctx, fact: Facts['group.postUnpinned']): Promise<void> =>
  ofPost(ctx, fact, (actor, object) =>
    moderationActivity('Remove', { ...fact, actor }, object, {
      target: `${groupUri(fact.groupId)}/featured`,
    }),
  )

type Make = (actor: string, object: string) => Json
type Done = { groupId: Id; actorId: Id }

async function ofAccount(ctx: Ctx, fact: Done & { accountId: Id }, make: Make): Promise<void> {
  const account = await Account.findByPk(fact.accountId)
  if (account) await announce(ctx, fact, account.id, (actor) => make(actor, accountUri(account)))
}

async function ofPost(ctx: Ctx, fact: Done & { postId: Id }, make: Make): Promise<void> {
  const post = await Post.findByPk(fact.postId)
  if (post) await announce(ctx, fact, post.authorId, (actor) => make(actor, postUri(post)))
}

// What moderators elsewhere do has come as an activity of theirs, and was passed on as such. Whom it is done to hears of it.
async function announce(
  ctx: Ctx,
  { groupId, actorId }: Done,
  aboutId: Id,
  make: (actor: string) => Json,
): Promise<void> {
  const actor = await Account.findByPk(actorId)
  if (actor?.isLocal) await announceIn(ctx, groupId, make(accountUri(actor)), { actorId: aboutId })
}
