import { z } from 'zod'
import { findPost } from '#core/posts/find-post'
import { changeQuotePolicy } from '#core/posts/quotes/change-quote-policy'
import { quotesOf } from '#core/posts/quotes/quote.queries'
import { revokeQuote } from '#core/posts/quotes/revoke-quote'
import { cursors, id } from '../input.ts'
import { type Handler, routes } from '../routes.ts'
import { markedStatusPage } from '../serializers/status-page.ts'
import { statusJson } from '../serializers/status.ts'

const scopes = ['write:statuses']
const policy = z.looseObject({ id: id(), quote_approval_policy: z.string() })

const changePolicy: Handler<z.output<typeof policy>> = async (ctx, asked) => {
  await changeQuotePolicy(ctx, { postId: asked.id, policy: asked.quote_approval_policy })
  return statusJson(ctx, asked.id)
}

export default routes('/api/v1/statuses', (r) => {
  r.get(
    '/:id/quotes',
    {
      scopes: ['read:statuses'],
      input: z.looseObject({ id: id(), ...cursors(20, 40) }),
      answers: 'Array<Status>',
    },
    async (ctx, { id: asked, ...page }) => {
      const post = await findPost(ctx, asked)
      const found = await quotesOf(ctx, { postId: post.boostOfId ?? post.id, cursors: page })
      return markedStatusPage(ctx, found, page.limit)
    },
  )
  r.post(
    '/:id/quotes/:quoting_status_id/revoke',
    { scopes, input: z.looseObject({ id: id(), quoting_status_id: id() }), answers: 'Status' },
    async (ctx, { id: quotedId, quoting_status_id: postId }) => {
      await revokeQuote(ctx, { postId, quotedId })
      return statusJson(ctx, postId)
    },
  )
  r.put('/:id/interaction_policy', { scopes, input: policy, answers: 'Status' }, changePolicy)
  r.patch('/:id/interaction_policy', { scopes, input: policy, answers: 'Status' }, changePolicy)
})
