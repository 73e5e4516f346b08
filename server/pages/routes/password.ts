import { changePassword } from '#core/auth/change-password'
import { openSessions } from '#core/auth/auth.queries'
import { findVerification } from '#core/auth/find-verification'
import { hashOf } from '#core/auth/find-token'
import { requestReset } from '#core/auth/request-reset'
import { resetPassword } from '#core/auth/reset-password'
import { NotFound } from '#platform/errors'
import { takeLimitOf } from '#server/middleware/rate-limits'
import { paramsOf } from '#server/middleware/read-body'
import { pages } from '#server/pages/pages'
import { keepAddress } from '#server/pages/headers'
import { paths } from '#server/pages/paths'
import { refusal, textsOf } from '#server/pages/refusals'
import * as views from '#server/pages/views/password'
import type { Visit } from '#server/pages/visit'
import { words } from '#server/pages/words'
import { personOnly } from '#server/pages/person-only'

const say = words.password
const labels = { password: ['password', say.next] } as const

async function reset(visit: Visit): Promise<string | undefined> {
  const { ctx, site, req, res } = visit
  const { token, password } = textsOf(paramsOf(req), 'token', 'password')
  try {
    await resetPassword(ctx, { token, password })
  } catch (error) {
    if (error instanceof NotFound) return views.resetPasswordPage(site, { token: null })
    return views.resetPasswordPage(site, { token, errors: refusal(visit, error, labels) })
  }
  res.redirect(303, `${paths.logIn}?done=reset`)
  return undefined
}

async function change(visit: Visit): Promise<string | undefined> {
  const { ctx, site, req, res } = visit
  const { userId } = personOnly(visit)
  const { currentPassword: current, password } = textsOf(paramsOf(req), 'currentPassword', 'password')
  const sessions = await openSessions(ctx, userId, hashOf(req.sessionID))
  const keepSessionId = sessions.find(({ isCurrent }) => isCurrent)?.id
  try {
    await changePassword(ctx, { current, password, keepSessionId, ip: req.ip ?? '' })
  } catch (error) {
    return views.changePasswordPage(site, { errors: refusal(visit, error, labels) })
  }
  res.redirect(303, `${paths.changePassword}?done=yes`)
  return undefined
}

export default pages((r) => {
  r.get(paths.forgotPassword, async ({ site }) => views.forgotPasswordPage(site, {}))

  r.post(paths.forgotPassword, async (visit) => {
    const { ctx, site, req } = visit
    const { email } = textsOf(paramsOf(req), 'email')
    try {
      await takeLimitOf('resets', req)
      await requestReset(ctx, { email })
    } catch (error) {
      return views.forgotPasswordPage(site, { values: { email }, errors: refusal(visit, error) })
    }
    return views.resetSentPage(site)
  })

  r.get(paths.resetPassword, async ({ ctx, site, req, res }) => {
    const token = String(req.query.token ?? '')
    keepAddress(res)
    const found = await findVerification(ctx, { token, kind: 'reset-password' })
    return views.resetPasswordPage(site, { token: found ? token : null })
  })
  r.post(paths.resetPassword, reset)

  r.get(paths.changePassword, async (visit) => {
    personOnly(visit)
    return views.changePasswordPage(visit.site, visit.req.query.done ? { notice: say.changed } : {})
  })
  r.post(paths.changePassword, change)
})
