import { parseOurs } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import { deliver, followerInboxes } from './deliveries.ts'
import { hostOf, idOf, idsOf, isJson, type Json, objectsOf, textOf, typeOf } from './properties.ts'
import { isPublic } from './vocabulary.ts'

// An answer of somebody elsewhere to a post of a member, who passes on what is said of it.
type Answer = { postId: Id; ownerId: Id }

/**
 * Is this an activity that may be passed on: brought by its actor, for everybody, with a signature of its own, by which others
 * believe it (federation rule 143)? Gives the id of the answer to a post of ours that it may be about.
 */
function answerIn(activity: Json): string | undefined {
  const isProven = [...objectsOf(activity.signature), ...objectsOf(activity.proof)].length > 0
  const type = isProven ? typeOf(activity, ['Create', 'Update', 'Delete']) : undefined
  if (!type || ![...idsOf(activity.to), ...idsOf(activity.cc)].some(isPublic)) return undefined
  const { object } = activity
  const parent = isJson(object) ? idOf(object.inReplyTo) : undefined
  // Of what ended only its id is left.
  const isAnswer = type === 'Delete' ? idOf(object) !== idOf(activity.actor) : parent && parseOurs(parent)
  return isAnswer && textOf(activity.id) ? idOf(object) : undefined
}

// The stored answer with this id by this author, as far as it and what it answers are for everybody and it is not refused.
const findAnswer = (uri: string, authorId: Id): Promise<Answer | undefined> =>
  row<Answer>(
    {},
    `SELECT p.id AS "postId", parent.author_id AS "ownerId"
     FROM posts AS p JOIN posts AS parent ON parent.id = p.reply_to_id JOIN accounts AS a ON a.id = p.author_id
     WHERE p.uri = $1 AND p.author_id = $2 AND p.visibility IN ('public', 'unlisted') AND a.silenced_at IS NULL
       AND parent.uri IS NULL AND parent.visibility IN ('public', 'unlisted')
       AND NOT EXISTS (SELECT FROM refused_replies AS r WHERE r.post_id = p.id)`,
    [uri, authorId],
  )

/**
 * How an activity that its actor brought is passed on once it was taken, if it is about an answer to a member's post: as it came, to
 * who follows that member elsewhere, so that they see the whole thread (features inbox-forwarding-01 and 03); once, signed on the
 * way by the member, and not back to where it came from. Undefined for all others.
 */
export async function howToPassOn(
  activity: Json,
  actorId: Id,
): Promise<((ctx: Ctx) => Promise<void>) | undefined> {
  const uri = answerIn(activity)
  if (!uri) return undefined
  const isEnd = typeOf(activity, ['Delete']) !== undefined
  // Where something ends, what it was is known before alone.
  const ended = isEnd ? await findAnswer(uri, actorId) : undefined
  if (isEnd && !ended) return undefined
  return async (ctx) => {
    const answer = ended ?? (await findAnswer(uri, actorId))
    if (!answer) return
    const from = hostOf(idOf(activity.actor))
    const inboxes = (await followerInboxes(answer.ownerId)).filter((inbox) => hostOf(inbox) !== from)
    const letter = { activity, senderId: answer.ownerId, about: uri, isAsItCame: true }
    await deliver(ctx, isEnd ? letter : { ...letter, postId: answer.postId }, inboxes)
  }
}
