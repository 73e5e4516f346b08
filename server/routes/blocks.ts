import { z } from 'zod'
import { actingId } from '#core/actor'
import { blockedBy } from '#core/relationships/relationship.queries'
import { cursors } from '../input.ts'
import { routes } from '../routes.ts'
import { accountPage } from '../serializers/account-page.ts'

export default routes('/api/v1/blocks', (r) => {
  r.get(
    '/',
    { scopes: ['read:blocks', 'follow'], input: z.looseObject(cursors(40, 80)), answers: 'Array<Account>' },
    async (ctx, page) => accountPage(ctx, await blockedBy(ctx, actingId(ctx), page), page.limit),
  )
})
