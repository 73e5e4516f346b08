import { z } from 'zod'
import { actingPerson } from '#core/actor'
import { changeUnconfirmedEmail } from '#core/auth/change-unconfirmed-email'
import { User } from '#core/auth/user.model'
import { takeLimitOf } from '../middleware/rate-limits.ts'
import { text } from '../input.ts'
import { routes } from '../routes.ts'

export default routes('/api/v1/emails', (r) => {
  r.post(
    '/confirmations',
    {
      scopes: ['write:accounts'],
      input: z.looseObject({ email: text() }),
      limit: 'confirmations-user',
      unconfirmed: true,
      answers: 'Empty',
    },
    async (ctx, { email }, call) => {
      await takeLimitOf('confirmations', call)
      await changeUnconfirmedEmail(ctx, { email })
      return {}
    },
  )

  r.get(
    '/check_confirmation',
    { scopes: ['read:accounts'], unconfirmed: true, answers: 'Boolean' },
    async (ctx) => Boolean((await User.findByPk(actingPerson(ctx).userId))?.confirmedAt),
  )
})
