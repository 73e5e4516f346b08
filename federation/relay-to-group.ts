import { isOurs, parseOurs } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { admitPost } from '#core/groups/admit-post'
import { mayTakePart } from '#core/groups/group.policy'
import type { Post } from '#core/posts/post.model'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import { deliver, followerInboxes, inboxesOf } from './deliveries.ts'
import { groupAnnounceActivity } from './group-activities.ts'
import type { Incoming } from './listen.ts'
import { idsOf, isJson, type Json, textOf } from './properties.ts'

type About = {
  /** Who did it: their server is told, too. */
  actorId: Id
  /** The post whose end is the end of this. */
  postId?: Id
  endedPostId?: Id
  /** What is passed on once; the activity itself when absent. */
  key?: string
}

/**
 * Lets a group that is hosted here pass an activity on to its followers and to the server of who did it: once, unchanged, and
 * in order (federation rule 204). A group elsewhere does so itself.
 */
export async function announceIn(ctx: Ctx, groupId: Id, activity: Json, about: About): Promise<void> {
  const { actorId, key = textOf(activity.id), ...post } = about
  const [isHosted, followers, actor] = await Promise.all([
    row({}, 'SELECT FROM groups WHERE account_id = $1', [groupId]),
    followerInboxes(groupId),
    inboxesOf([actorId]),
  ])
  if (!key || !isHosted) return
  const announce = groupAnnounceActivity(groupId, activity, key)
  await deliver(ctx, { activity: announce, senderId: groupId, about: groupId, ...post }, [
    ...new Set([...followers, ...actor]),
  ])
}

/**
 * Passes on a post of somebody elsewhere that has just come, when it gets into a group here. What others brought does not
 * (federation rules 204, 205).
 */
export async function relayPost(ctx: Ctx, incoming: Incoming, post: Post): Promise<void> {
  const { json, actor, isForwarded } = incoming
  if (isForwarded || !textOf(json.id)) return
  const namedIds = await groupsNamedIn(json)
  if (!namedIds || (namedIds.length === 0 && !post.replyToId)) return
  const groupId = await admitPost(ctx, { postId: post.id, namedIds })
  const about = { actorId: actor.id, postId: post.id, ...(post.uri ? { key: `Create ${post.uri}` } : {}) }
  if (groupId) await announceIn(ctx, groupId, json, about)
}

/** Passes on what somebody elsewhere did with a post that is in a group here, if they may take part there (rule 206). */
export async function relayDeed(
  ctx: Ctx,
  { json, actor, isForwarded }: Incoming,
  { groupId, id: postId }: Pick<Post, 'id' | 'groupId'>,
): Promise<void> {
  if (isForwarded || !groupId || !(await mayTakePart(ctx, groupId, actor.id))) return
  await announceIn(ctx, groupId, json, { actorId: actor.id, postId })
}

/** Passes on that somebody elsewhere deleted a post of theirs that was in a group here. */
export async function relayEnd(
  ctx: Ctx,
  { json, actor, isForwarded }: Incoming,
  { groupId, id: endedPostId }: Pick<Post, 'id' | 'groupId'>,
): Promise<void> {
  if (!isForwarded && groupId) await announceIn(ctx, groupId, json, { actorId: actor.id, endedPostId })
}

/**
 * Which accounts here an activity is addressed to: those in its audience before all others. Undefined when its audience is a
 * group elsewhere, for that alone counts (federation rule 207).
 */
async function groupsNamedIn(activity: Json): Promise<Id[] | undefined> {
  const parts = isJson(activity.object) ? [activity, activity.object] : [activity]
  const audience = parts.flatMap((part) => idsOf(part.audience))
  const meant = ourIds(audience)
  if (meant.length > 0) return meant
  if (await isAnyGroup(audience)) return undefined
  const named = parts.flatMap(({ to, cc, target }) => [to, cc, target].flatMap((each) => idsOf(each)))
  return ourIds(named)
}

const ourIds = (uris: readonly string[]): Id[] => [
  ...new Set(
    uris.filter(isOurs).flatMap((uri) => {
      const ours = parseOurs(uri)
      return ours && 'accountId' in ours ? [ours.accountId] : []
    }),
  ),
]

/** Is one of these a group elsewhere that is known here? */
export const isAnyGroup = async (uris: readonly string[]): Promise<boolean> =>
  uris.length > 0 &&
  (await row({}, `SELECT 1 FROM accounts WHERE uri = ANY ($1::text[]) AND kind = 'group' LIMIT 1`, [
    uris,
  ])) !== undefined
