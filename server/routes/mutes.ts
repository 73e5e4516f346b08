import { z } from 'zod'
import { actingId } from '#core/actor'
import { mutedBy } from '#core/relationships/relationship.queries'
import { cursors } from '../input.ts'
import { routes } from '../routes.ts'
import { mutedAccountPage } from '../serializers/account-page.ts'

export default routes('/api/v1/mutes', (r) => {
  r.get(
    '/',
    {
      scopes: ['read:mutes', 'follow'],
      input: z.looseObject(cursors(40, 80)),
      answers: 'Array<MutedAccount>',
    },
    async (ctx, page) => mutedAccountPage(ctx, await mutedBy(ctx, actingId(ctx), page), page.limit),
  )
})
