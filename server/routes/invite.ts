import { z } from 'zod'
import { instance } from '#config/instance'
import { findInvite } from '#core/auth/find-invite'
import { Answer } from '../answers.ts'
import { Refused } from '../middleware/answer-errors.ts'
import { paths } from '../pages/paths.ts'
import { routes } from '../routes.ts'

export default routes('/invite', (r) => {
  r.get(
    '/:invite_code',
    { access: 'none', input: z.looseObject({ invite_code: z.string() }), answers: 'Invite' },
    async (ctx, { invite_code: code }, { headers }) => {
      const invite = await findInvite(ctx, code)
      if (!invite.isOpen) throw new Refused(401, 'This invite is used up or over')
      // People sign up on the page, apps by themselves.
      if (headers.accept?.includes('text/html'))
        return new Answer(302, undefined, { Location: `${paths.signUp}?invite=${encodeURIComponent(code)}` })
      return { invite_code: code, instance_api_url: `${instance.origin}/api/v2/instance` }
    },
  )
})
