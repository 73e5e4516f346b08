import { accountUri } from '#core/addresses'
import { endAccount } from '#core/accounts/end-account'
import { removePost } from '#core/posts/remove-post'
import { isGoneAtOrigin } from '../fetch-object.ts'
import { listen } from '../listen.ts'
import { idsOf, sameOrigin } from '../properties.ts'

/**
 * Delete of the sender, or of posts by the sender; of a post that is not here it leaves a tombstone, so that a late
 * Create of it is dropped (federation rules 63, 64, 116).
 */
export default listen(['Delete'], async (ctx, { json, actor, isForwarded }) => {
  for (const uri of idsOf(json.object)) {
    if (uri === accountUri(actor)) {
      if (!isForwarded || (await isGoneAtOrigin(ctx, uri))) await endAccount(ctx, { accountId: actor.id })
    } else if (sameOrigin(uri, accountUri(actor))) {
      if (!isForwarded || (await isGoneAtOrigin(ctx, uri))) await removePost(ctx, { uri, actorId: actor.id })
    }
  }
})
