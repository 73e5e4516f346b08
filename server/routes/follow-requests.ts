import { z } from 'zod'
import { actingId } from '#core/actor'
import { answerRequester } from '#core/groups/answer-requester'
import { requestersOf } from '#core/relationships/relationship.queries'
import { cursors, id } from '../input.ts'
import { routes } from '../routes.ts'
import { accountPage } from '../serializers/account-page.ts'
import { relationshipJson } from '../serializers/relationship.ts'

const requester = z.looseObject({ account_id: id() })
const answering = { scopes: ['write:follows', 'follow'], input: requester }

export default routes('/api/v1/follow_requests', (r) => {
  r.get(
    '/',
    { scopes: ['read:follows', 'follow'], input: z.looseObject(cursors(40, 80)), answers: 'Array<Account>' },
    async (ctx, page) => accountPage(ctx, await requestersOf(ctx, actingId(ctx), page), page.limit),
  )
  r.post(
    '/:account_id/authorize',
    { ...answering, answers: 'Relationship' },
    async (ctx, { account_id: accountId }) => {
      await answerRequester(ctx, { accountId, isAccepted: true })
      return relationshipJson(ctx, accountId)
    },
  )
  r.post(
    '/:account_id/reject',
    { ...answering, answers: 'Relationship' },
    async (ctx, { account_id: accountId }) => {
      await answerRequester(ctx, { accountId, isAccepted: false })
      return relationshipJson(ctx, accountId)
    },
  )
})
