import type { Ctx } from '#core/ctx'
import { isOurs, parseOurs } from '#core/addresses'
import { receiveRefusal } from '#core/posts/interactions/receive-refusal'
import { refuseReaction } from '#core/reactions/refuse-reaction'
import type { Id } from '#platform/ids'
import { idOf, isJson } from './properties.ts'

/** What a member did with a post of somebody else: a reply or boost, or a reaction. */
export type Answered = { postId: Id } | { reactionId: Id }

/**
 * What of ours an Accept or Reject is about, by its own id or as the instrument of a request (wire 10.6); undefined when
 * it is about something else.
 */
export function answeredDeed(object: unknown): Answered | undefined {
  const ids = [isJson(object) ? idOf(object.instrument) : undefined, idOf(object)]
  for (const id of ids) {
    if (!id || !isOurs(id)) continue
    const [, reactionId] = /^\/users\/\d+\/likes\/([1-9]\d{0,18})$/.exec(new URL(id).pathname) ?? []
    if (reactionId) return { reactionId }
    const named = parseOurs(id.replace(/\/activity$/, ''))
    if (named && 'postId' in named) return { postId: named.postId }
  }
  return undefined
}

/** Takes the answer; what is not by the author of the post in question changes nothing (federation rules 217, 219). */
export async function takeRefusal(
  ctx: Ctx,
  { deed, actorId, isAccepted }: { deed: Answered; actorId: Id; isAccepted: boolean },
): Promise<void> {
  if ('postId' in deed) await receiveRefusal(ctx, { postId: deed.postId, actorId, isRefused: !isAccepted })
  else if (!isAccepted) await refuseReaction(ctx, { reactionId: deed.reactionId, actorId })
}
