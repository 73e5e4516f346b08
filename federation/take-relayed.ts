import type { Account } from '#core/accounts/account.model'
import { accountUri, isOurs } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { receiveGroupPost } from '#core/groups/receive-group-post'
import type { Post } from '#core/posts/post.model'
import { row } from '#platform/db'
import { isFollowedHere } from './concerns-us.ts'
import { findPost, takeObject } from './find-post.ts'
import { findStoredPost } from './find-stored.ts'
import type { Incoming } from './listen.ts'
import { idOf, idsOf, isJson, type Json, objectsOf, sameOrigin, textOf, typeOf } from './properties.ts'
import { isAnyGroup } from './relay-to-group.ts'
import { keepActivity } from './take-activity.ts'
import { takeGroupDeed } from './take-group-deed.ts'

const MOST = 100

/** What a group may pass on; neither its own words again nor what is between two people (federation rule 205). */
const relayable = [
  ...(['Create', 'Update', 'Delete', 'Like', 'EmojiReact', 'Dislike', 'Undo'] as const),
  ...(['Lock', 'Add', 'Remove', 'Block'] as const),
]

/** The activities that stand in an Announce; none in one of a post (wire 9, feature groups-04). */
export const relayedIn = (json: Json): Json[] =>
  objectsOf(json.object).filter(({ actor, object }) => actor !== undefined && object !== undefined)

/**
 * Takes what a group that members follow passes on, each part by itself (federation rules 208, 209): the host of the group
 * speaks for everybody there, of others only what their own server says counts, and what its moderators do counts in it. Gives the
 * posts that begin a thread.
 */
export async function takeRelayed(ctx: Ctx, { json, actor, isForwarded }: Incoming): Promise<Post[]> {
  if (isForwarded || actor.kind !== 'group') return []
  const parts = relayedIn(json).slice(0, MOST)
  const begun: Post[] = []
  for (const inner of (await isFollowedHere(actor.id)) ? parts : parts.filter(isEndOfBan)) {
    const [type, uri, id] = [typeOf(inner, relayable), idOf(inner.actor), textOf(inner.id)]
    if (!type || !uri || !id || !sameOrigin(id, uri)) continue
    const deed = type === 'Create' ? undefined : await takeGroupDeed(ctx, actor, inner)
    const post = type === 'Create' ? await takeCreated(ctx, inner, actor) : deed?.restored
    if (post && !post.replyToUri && !post.replyToId) begun.push(post)
    if (type !== 'Create' && !deed) await passIn(actor, inner, { type, uri, id })
  }
  return begun
}

// Whoever is banned follows no more, and hears that they may again.
const isEndOfBan = (json: Json): boolean =>
  typeOf(json, ['Undo']) !== undefined && isJson(json.object) && typeOf(json.object, ['Block']) !== undefined

const votes: ReadonlySet<string> = new Set(['Like', 'EmojiReact', 'Dislike', 'Undo'])

/**
 * Keeps what somebody did as if they had sent it, when the host of the group speaks for them; else as a hint. A vote of somebody
 * elsewhere is looked up at their server when it is about a post of a member; of all others the number counts that the
 * origin of the post tells (federation rules 74, 211).
 */
async function passIn(
  group: Account,
  activity: Json,
  { type, uri, id }: { type: string; uri: string; id: string },
): Promise<void> {
  const isOwn = sameOrigin(uri, accountUri(group))
  const about = type === 'Undo' && isJson(activity.object) ? activity.object.object : activity.object
  if (!isOwn && votes.has(type) && !isOurs(idOf(about) ?? '')) return
  const isHeard = isOwn && (type !== 'Delete' || (await isInThreadOf(group, activity.object)))
  const mark = isHeard ? id : `${accountUri(group)} forwards ${id}`
  await keepActivity(mark, uri, { activity, isForwarded: !isHeard })
}

/** Is this one post, of a thread that the group brought? The end of anything else its own origin must say (federation rule 75). */
async function isInThreadOf(group: Account, object: unknown): Promise<boolean> {
  const [uri, ...more] = idsOf(object)
  if (!uri || more.length > 0) return false
  const found = await row(
    {},
    `SELECT 1 FROM posts AS p JOIN posts AS other ON other.thread_id = p.thread_id
       JOIN posts AS brought ON brought.boost_of_id = other.id AND brought.author_id = $2
     WHERE p.uri = $1 LIMIT 1`,
    [uri, group.id],
  )
  return found !== undefined
}

/**
 * Is it addressed to the group (federation rule 207)? Where its audience is another group, that alone counts. What somebody
 * posts elsewhere does not get into a group by being passed on.
 */
async function isInGroup(activity: Json, group: string): Promise<boolean> {
  const parts = isJson(activity.object) ? [activity, activity.object] : [activity]
  const audience = parts.flatMap((part) => idsOf(part.audience))
  if (audience.includes(group)) return true
  const named = parts.flatMap(({ to, cc, target }) => [to, cc, target].flatMap((each) => idsOf(each)))
  return named.includes(group) && !(await isAnyGroup(audience))
}

/**
 * The post of a Create that a group passes on: as it stands there when the group's own host says so, else as its origin has
 * it. Of answers only those in a thread that is here are of use; they are in the group because that is.
 */
export async function takeCreated(
  ctx: Ctx,
  activity: Json,
  group: Account,
  { alone = false, isQuiet = false } = {},
): Promise<Post | null> {
  const { actor, object } = activity
  const id = idOf(object)
  if (!id || !sameOrigin(id, idOf(actor))) return null
  const parent = isJson(object) ? idOf(object.inReplyTo) : undefined
  const isMeant = parent ? await findStoredPost(parent) : await isInGroup(activity, accountUri(group))
  if (!isMeant) return null
  const isOwn = sameOrigin(idOf(actor), accountUri(group))
  const stored = await findStoredPost(id)
  const bring = () =>
    isOwn && isJson(object) ? takeObject(ctx, object, { isQuiet }) : findPost(ctx, id, { alone, isQuiet })
  const post = stored ?? (await bring())
  if (post && !post.groupId) await receiveGroupPost(ctx, { groupId: group.id, postId: post.id })
  return post
}
