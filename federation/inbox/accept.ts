import { receiveAnswer } from '#core/relationships/receive-answer'
import { findAnswered } from '../find-answered.ts'
import { answeredQuote, takeQuoteAnswer } from '../take-quote-answer.ts'
import { answeredDeed, takeInteractionAnswer } from '../take-interaction-answer.ts'
import { takeRelayAnswer } from '../take-relay-answer.ts'
import { listen } from '../listen.ts'
import { idOf, textOf, typeOf } from '../properties.ts'

/**
 * Accept or Reject of a follow or quote that a member asked the sender for, of what a member did with a post of theirs, which
 * PeerTube calls ApproveReply and RejectReply, or of us by a relay (federation rules 67, 68, 216, 217, 219; feature video-05).
 */
export default listen(
  ['Accept', 'Reject', 'TentativeAccept', 'TentativeReject', 'ApproveReply', 'RejectReply'],
  async (ctx, { json, actor, isForwarded }) => {
    if (isForwarded) return
    const isAccepted = typeOf(json, ['Accept', 'TentativeAccept', 'ApproveReply']) !== undefined
    if (await takeRelayAnswer(ctx, { object: json.object, actor, isAccepted })) return
    const postId = answeredQuote(json.object)
    if (postId)
      return takeQuoteAnswer(ctx, { postId, actorId: actor.id, isAccepted, stampUri: idOf(json.result) })
    const deed = answeredDeed(json.object)
    if (deed) {
      const said = { stampUri: idOf(json.result), answerUri: textOf(json.id) }
      return takeInteractionAnswer(ctx, { deed, actorId: actor.id, isAccepted, ...said })
    }
    const followerId = await findAnswered(json.object, actor)
    if (followerId) await receiveAnswer(ctx, { followerId, followedId: actor.id, isAccepted })
  },
)
