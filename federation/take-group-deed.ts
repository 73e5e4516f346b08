import { Account } from '#core/accounts/account.model'
import { accountUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { receiveRank } from '#core/groups/receive-rank'
import { restoreGroupPost } from '#core/groups/restore-group-post'
import { takePostOut } from '#core/groups/take-post-out'
import { type GroupMark, writeMark } from '#core/groups/write-mark'
import type { Post } from '#core/posts/post.model'
import { removePost } from '#core/posts/remove-post'
import { recordBlock } from '#core/relationships/record-block'
import { withdrawBlock } from '#core/relationships/withdraw-block'
import { select } from '#platform/select'
import { transact } from '#platform/transact'
import { isGoneAtOrigin } from './fetch-object.ts'
import { findStoredAccount, findStoredPost } from './find-stored.ts'
import { idOf, idsOf, isJson, type Json, timeOf, typeOf } from './properties.ts'

/** What a group says was done in it: `isOn` unless it was taken back. Gives the post that is in it again. */
type Deed = (ctx: Ctx, group: Account, json: Json, isOn: boolean) => Promise<Post | void>

const types = ['Lock', 'Add', 'Remove', 'Block', 'Delete', 'Update'] as const

/**
 * Takes what a moderator did in a group elsewhere, on the word of the group that announced it (wire 9, features groups-04, groups-10,
 * groups-11): it holds for the posts that are in that group and for who takes part there, and for nothing else
 * (federation rules 63, 69, 72, 75). Undefined when it is no such deed, but what authors do with their own posts; else with
 * the post that is in the group again, if that is what was done.
 */
export async function takeGroupDeed(
  ctx: Ctx,
  group: Account,
  json: Json,
): Promise<{ restored?: Post } | undefined> {
  const isUndo = typeOf(json, ['Undo']) !== undefined
  const done = isUndo ? json.object : json
  const type = isJson(done) ? typeOf(done, types) : undefined
  if (!type || !isJson(done) || (isUndo && type === 'Update')) return undefined
  if (!isUndo && (type === 'Delete' || type === 'Update') && !(await isByAnother(group, done)))
    return undefined
  const restored = await deeds[type](ctx, group, done, !isUndo)
  return restored ? { restored } : {}
}

/** Is it about a post in the group that somebody else than its actor wrote? */
async function isByAnother(group: Account, { actor, object }: Json): Promise<boolean> {
  const post = await postIn(group, object)
  const author = post && (await select({}, Account, 'id = $1', [post.authorId]))
  return author !== null && accountUri(author) !== idOf(actor)
}

const deeds: Record<(typeof types)[number], Deed> = {
  Lock: async (ctx, group, { object }, isOn) => {
    const post = await postIn(group, object)
    if (post) await mark(ctx, post, 'lock', isOn)
  },
  Add: (ctx, group, json, isOn) => changeList(ctx, group, json, isOn),
  Remove: (ctx, group, json, isOn) => changeList(ctx, group, json, !isOn),
  Block: async (ctx, group, { object, target, endTime, expires }, isOn) => {
    const blocked = await findStoredAccount(idOf(object))
    // Nobody says that a ban is over that had an end from the beginning: the group itself heeds that one.
    if (!blocked?.isLocal || idOf(target) !== accountUri(group) || timeOf(endTime) || timeOf(expires)) return
    const ban = { blockerId: group.id, blockedId: blocked.id }
    await (isOn ? recordBlock(ctx, ban) : withdrawBlock(ctx, { ...ban, uri: null }))
  },
  Delete: async (ctx, group, { object }, isOn) => {
    if (!isOn) return restore(ctx, group, object)
    const post = await postIn(group, object)
    if (post) await takeOut(ctx, group, post)
  },
  // Some tell so that a thread is locked or pinned; its words remain those of its author (wire 9).
  Update: async (ctx, group, { object }) => {
    const post = await postIn(group, object)
    if (!post || !isJson(object)) return
    if (typeof object.commentsEnabled === 'boolean') await mark(ctx, post, 'lock', !object.commentsEnabled)
    if (typeof object.stickied === 'boolean') await mark(ctx, post, 'pin', object.stickied)
  },
}

async function postIn(group: Account, object: unknown): Promise<Post | null> {
  const [uri, ...more] = idsOf(object)
  const post = more.length === 0 ? await findStoredPost(uri) : null
  return post?.groupId === group.id ? post : null
}

const mark = (ctx: Ctx, { id: postId, groupId }: Post, which: GroupMark, isOn: boolean) =>
  transact(ctx, (ctx) => writeMark(ctx, { groupId: groupId!, postId, mark: which, isOn }))

async function changeList(ctx: Ctx, group: Account, { target, object }: Json, isOn: boolean): Promise<void> {
  const list = idOf(target)
  if (list && list === group.featuredUrl) {
    const post = await postIn(group, object)
    if (post) await mark(ctx, post, 'pin', isOn)
  } else if (list && list === group.moderatorsUrl) {
    const account = await findStoredAccount(idOf(object))
    if (account?.isLocal)
      await receiveRank(ctx, { groupId: group.id, accountId: account.id, isModerator: isOn })
  }
}

// What a moderator takes out of a group its author may have lost at home, too: that says their own server.
async function takeOut(ctx: Ctx, group: Account, post: Post): Promise<void> {
  await transact(ctx, (ctx) => takePostOut(ctx, { groupId: group.id, postId: post.id }))
  if (post.uri && (await isGoneAtOrigin(post.uri)))
    await removePost(ctx, { uri: post.uri, actorId: post.authorId })
}

async function restore(ctx: Ctx, group: Account, object: unknown): Promise<Post | void> {
  const post = await findStoredPost(idOf(object))
  if (post && (await restoreGroupPost(ctx, { groupId: group.id, postId: post.id }))) return post
}
