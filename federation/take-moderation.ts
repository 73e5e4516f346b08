import { isOurs, parseOurs } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { banMembers } from '#core/groups/ban-members'
import { changeRank } from '#core/groups/change-rank'
import { markGroupPost } from '#core/groups/mark-group-post'
import { removeGroupPost } from '#core/groups/remove-group-post'
import { unbanMembers } from '#core/groups/unban-members'
import type { Id } from '#platform/ids'
import { findStoredAccount, findStoredPost } from './find-stored.ts'
import type { Incoming } from './listen.ts'
import { idOf, idsOf, isJson, type Json, typeOf } from './properties.ts'
import { announceIn } from './relay-to-group.ts'

/** What a moderator does, and gives the group that it was done in; undefined when it is none of our groups. */
type Deed = (ctx: Ctx, json: Json, isOn: boolean, actorId: Id) => Promise<Id | undefined>

/**
 * Takes what a moderator elsewhere does in a group that is hosted here, and lets the group pass it on (wire 9, features groups-10,
 * groups-11). Gives whether it was such; core says whether they may, and throws Forbidden.
 */
export async function takeModeration(ctx: Ctx, { json, actor, isForwarded }: Incoming): Promise<boolean> {
  if (isForwarded) return false
  const isUndo = typeOf(json, ['Undo']) !== undefined
  const done = isUndo ? json.object : json
  const type = isJson(done) ? typeOf(done, ['Add', 'Remove', 'Block', 'Lock', 'Delete']) : undefined
  if (!type || !isJson(done) || (isUndo && type !== 'Block' && type !== 'Lock')) return false
  const groupId = await deeds[type](ctx, done, !isUndo, actor.id)
  if (groupId) await announceIn(ctx, groupId, json, { actorId: actor.id })
  return groupId !== undefined
}

const deeds: Record<'Add' | 'Remove' | 'Block' | 'Lock' | 'Delete', Deed> = {
  Add: (ctx, json) => changeList(ctx, json, true),
  Remove: (ctx, json) => changeList(ctx, json, false),
  Block: async (ctx, json, isOn) => {
    const groupId = ourId(idOf(json.target))
    const account = groupId ? await findStoredAccount(idOf(json.object)) : null
    if (!groupId || !account) return undefined
    await (isOn ? banMembers : unbanMembers)(ctx, { groupId, accountIds: [account.id] })
    return groupId
  },
  Lock: async (ctx, json, isOn) => {
    const post = await findStoredPost(idOf(json.object))
    if (!post?.groupId) return undefined
    await markGroupPost(ctx, { groupId: post.groupId, postId: post.id, mark: 'lock', isOn })
    return post.groupId
  },
  Delete: async (ctx, json, _isOn, actorId) => {
    const named = [json.to, json.cc, json.audience].flatMap((each) => idsOf(each)).some((uri) => ourId(uri))
    const post = named ? await findStoredPost(idOf(json.object)) : null
    if (!post?.groupId || post.authorId === actorId) return undefined
    await removeGroupPost(ctx, { groupId: post.groupId, postId: post.id })
    return post.groupId
  },
}

async function changeList(ctx: Ctx, json: Json, isOn: boolean): Promise<Id | undefined> {
  const [, group, list] = /^(.+)\/(moderators|featured)$/.exec(idOf(json.target) ?? '') ?? []
  const groupId = ourId(group)
  if (!groupId) return undefined
  if (list === 'moderators') {
    const account = await findStoredAccount(idOf(json.object))
    if (!account) return undefined
    await changeRank(ctx, { groupId, accountIds: [account.id], role: isOn ? 'moderator' : 'user' })
    return groupId
  }
  const post = await findStoredPost(idOf(json.object))
  if (!post) return undefined
  await markGroupPost(ctx, { groupId, postId: post.id, mark: 'pin', isOn })
  return groupId
}

function ourId(uri: string | undefined): Id | undefined {
  const ours = uri && isOurs(uri) ? parseOurs(uri) : undefined
  return ours && 'accountId' in ours ? ours.accountId : undefined
}
