import { receiveAnswer } from '#core/relationships/receive-answer'
import { findAnswered } from '../find-answered.ts'
import { listen } from '../listen.ts'

/** Accept or Reject of a follow that a member asked the sender for (federation rules 67, 68). */
export default listen(
  ['Accept', 'Reject', 'TentativeAccept', 'TentativeReject'],
  async (ctx, { json, actor, isForwarded }) => {
    const followerId = isForwarded ? undefined : await findAnswered(json.object, actor)
    if (!followerId) return
    const isAccepted = json.type === 'Accept' || json.type === 'TentativeAccept'
    await receiveAnswer(ctx, { followerId, followedId: actor.id, isAccepted })
  },
)
