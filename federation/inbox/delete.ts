import { accountUri } from '#core/addresses'
import { endAccount } from '#core/accounts/end-account'
import { removePost } from '#core/posts/remove-post'
import { withdrawStamp } from '#core/approvals/withdraw-stamp'
import { isGoneAtOrigin } from '../fetch-object.ts'
import { listen } from '../listen.ts'
import { idsOf, sameOrigin } from '../properties.ts'
import { relayEnd } from '../relay-to-group.ts'
import { takeModeration } from '../take-moderation.ts'

/**
 * Delete of the sender, or of posts and stamps by the sender; of one that is not here it leaves a tombstone, so that what
 * comes late is dropped (federation rules 20, 63, 64, 116, 214). By a moderator it takes a post out of a group here.
 */
export default listen(['Delete'], async (ctx, incoming) => {
  const { json, actor, isForwarded } = incoming
  if (await takeModeration(ctx, incoming)) return
  for (const uri of idsOf(json.object)) {
    if (uri === accountUri(actor)) {
      if (!isForwarded || (await isGoneAtOrigin(uri, { isForGood: true })))
        await endAccount(ctx, { accountId: actor.id })
    } else if (sameOrigin(uri, accountUri(actor))) {
      if (isForwarded && !(await isGoneAtOrigin(uri))) continue
      const removed = await removePost(ctx, { uri, actorId: actor.id })
      if (removed) await relayEnd(ctx, incoming, removed)
      await withdrawStamp(ctx, { uri, actorId: actor.id })
    }
  }
})
