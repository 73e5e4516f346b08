import { findRequests } from '#core/posts/interactions/interaction-request'
import { interactionRequestsJson } from '../interaction-request.ts'
import { subject } from '../subject.ts'

export default subject({
  kinds: ['pending.favourite', 'pending.reply', 'pending.reblog'],
  key: 'interaction_request',
  load: async (ctx, ids) => {
    const found = await interactionRequestsJson(ctx, await findRequests(ctx, ids))
    return new Map(found.map((request) => [request.id, request]))
  },
})
