import type { Account } from '#core/accounts/account.model'
import { accountUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import type { Post } from '#core/posts/post.model'
import { row } from '#platform/db'
import { isFollowedHere } from './concerns-us.ts'
import { findPost, takeObject } from './find-post.ts'
import { findStoredPost } from './find-stored.ts'
import type { Incoming } from './listen.ts'
import { idOf, idsOf, isJson, type Json, objectsOf, sameOrigin, textOf, typeOf } from './properties.ts'
import { isAnyGroup } from './relay-to-group.ts'
import { keepActivity } from './take-activity.ts'

const MOST = 100

/** What a group may pass on; neither its own words again nor what is between two people (federation rule 205). */
const relayable = ['Create', 'Update', 'Delete', 'Like', 'EmojiReact', 'Dislike', 'Undo'] as const

/** The activities that stand in an Announce; none in one of a post (wire 9, feature groups-04). */
export const relayedIn = (json: Json): Json[] =>
  objectsOf(json.object).filter(({ actor, object }) => actor !== undefined && object !== undefined)

/**
 * Takes what a group that members follow passes on, each part by itself (federation rules 208, 209): the host of the group
 * speaks for everybody there, of others only what their own server says counts. Gives the posts that begin a thread.
 */
export async function takeRelayed(ctx: Ctx, { json, actor, isForwarded }: Incoming): Promise<Post[]> {
  if (isForwarded || actor.kind !== 'group' || !(await isFollowedHere(actor.id))) return []
  const begun: Post[] = []
  for (const inner of relayedIn(json).slice(0, MOST)) {
    const [type, uri, id] = [typeOf(inner, relayable), idOf(inner.actor), textOf(inner.id)]
    if (!type || !uri || !id || !sameOrigin(id, uri)) continue
    const isOwn = sameOrigin(uri, accountUri(actor))
    if (type === 'Create') {
      const post = await takeCreated(ctx, inner, actor)
      if (post && !post.replyToUri && !post.replyToId) begun.push(post)
    } else {
      const isHeard = isOwn && (type !== 'Delete' || (await isInThreadOf(actor, inner.object)))
      const mark = isHeard ? id : `${accountUri(actor)} forwards ${id}`
      await keepActivity(mark, uri, { activity: inner, isForwarded: !isHeard })
    }
  }
  return begun
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
  if (stored) return stored
  return isOwn && isJson(object)
    ? takeObject(ctx, object, { isQuiet })
    : findPost(ctx, id, { alone, isQuiet })
}
