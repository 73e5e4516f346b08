import { z } from 'zod'
import { authorizeRequest } from '#core/approvals/authorize-request'
import { findOwnRequest } from '#core/approvals/find-own-request'
import { rejectRequest } from '#core/approvals/reject-request'
import { requestsOf } from '#core/approvals/request.queries'
import type { Ctx } from '#core/ctx'
import type { InteractionRequest } from '#core/posts/interactions/interaction-request'
import type { Interaction } from '#core/posts/interactions/interaction.policy'
import { now } from '#platform/clock'
import { NotFound } from '#platform/errors'
import { Page } from '../answers.ts'
import { bool, cursors, id, maybeId } from '../input.ts'
import { routes } from '../routes.ts'
import { interactionRequestsJson } from '../serializers/interaction-request.ts'

const read = ['read:notifications']
const write = ['write:notifications']
const answers = 'InteractionRequest'
const one = z.looseObject({ id: id() })
const some = z.looseObject({
  ...cursors(40, 80),
  status_id: maybeId(),
  favourites: bool(),
  replies: bool(),
  reblogs: bool(),
})

const kindsOf = ({ favourites, replies, reblogs }: z.output<typeof some>): Interaction[] => [
  ...(favourites === false ? [] : ['like' as const]),
  ...(replies === false ? [] : ['reply' as const]),
  ...(reblogs === false ? [] : ['boost' as const]),
]

async function requestJson(ctx: Ctx, request: InteractionRequest) {
  const [json] = await interactionRequestsJson(ctx, [request])
  if (!json) throw new NotFound()
  return json
}

/** What others want to do with posts of a member, in the shape of GoToSocial (client extensions 4.13). */
export default routes('/api/v1/interaction_requests', (r) => {
  r.get('/', { scopes: read, input: some, answers: `Array<${answers}>` }, async (ctx, asked) => {
    const { limit, max_id, since_id, min_id } = asked
    const found = await requestsOf(ctx, {
      kinds: kindsOf(asked),
      targetId: asked.status_id,
      cursors: { limit, max_id, since_id, min_id },
    })
    return new Page(
      await interactionRequestsJson(ctx, found),
      found.map((request) => request.id),
    )
  })
  r.get('/:id', { scopes: read, input: one, answers }, async (ctx, { id: requestId }) =>
    requestJson(ctx, await findOwnRequest(ctx, requestId)),
  )
  r.post('/:id/authorize', { scopes: write, input: one, answers }, async (ctx, { id: requestId }) =>
    requestJson(ctx, await authorizeRequest(ctx, requestId)),
  )
  r.post('/:id/reject', { scopes: write, input: one, answers }, async (ctx, { id: requestId }) => {
    // What is refused may be gone afterwards.
    const { accepted_at: _, ...json } = await requestJson(ctx, await findOwnRequest(ctx, requestId))
    await rejectRequest(ctx, requestId)
    return { ...json, rejected_at: now().toISOString() }
  })
})
