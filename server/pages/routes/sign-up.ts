import { appOfSignUp } from '#core/auth/auth.queries'
import { findVerification } from '#core/auth/find-verification'
import { Invite } from '#core/auth/invite.model'
import { register } from '#core/auth/register'
import { resendConfirmation } from '#core/auth/resend-confirmation'
import { verifyEmail } from '#core/auth/verify-email'
import { limits } from '#config/limits'
import { Forbidden, NotFound } from '#platform/errors'
import { takeLimitOf } from '#server/middleware/rate-limits'
import { paramsOf } from '#server/middleware/read-body'
import { pages } from '#server/pages/pages'
import { keepAddress } from '#server/pages/headers'
import { paths } from '#server/pages/paths'
import { refusal, textsOf } from '#server/pages/refusals'
import { checkMailPage } from '#server/pages/views/check-mail'
import { confirmationPage } from '#server/pages/views/confirmation'
import { signUpClosedPage, signUpPage, type SignUpView } from '#server/pages/views/sign-up'
import type { Visit } from '#server/pages/visit'
import { words } from '#server/pages/words'

const say = words.signUpPage
const labels = {
  username: ['username', say.username],
  email: ['email', say.email],
  password: ['password', say.password],
  agreement: ['agreement', 'This'],
  reason: ['reason', say.reason],
  date_of_birth: ['birthDate', say.birthDate],
} as const

async function inviteOf({ ctx, req }: Visit): Promise<string | null> {
  const code = paramsOf(req).invite
  const found = typeof code === 'string' && code ? await Invite.findOne({ where: { code } }) : null
  if (found && !found.isOpen) throw new Forbidden('This invite is used up or over')
  return found && ctx.actor.kind === 'visitor' ? found.code : null
}

async function page(visit: Visit, state: Pick<SignUpView, 'values' | 'errors'> = {}): Promise<string> {
  const { site, settings } = visit
  const invite = await inviteOf(visit)
  if (settings.registrations === 'closed' && !invite) return signUpClosedPage(site)
  return signUpPage(site, {
    ...state,
    invite,
    minimumAge: settings.minimumAge,
    asksReason: settings.registrations === 'approval' && !invite,
    rules: settings.rules,
    maxUsernameLength: limits.username,
  })
}

async function signUp(visit: Visit): Promise<string> {
  const { ctx, site, req } = visit
  const names = ['username', 'email', 'password', 'birthDate', 'reason', 'agreement', 'homepage'] as const
  const { password, homepage, ...values } = textsOf(paramsOf(req), ...names)
  const inviteCode = (await inviteOf(visit)) ?? undefined
  const { ip = '' } = req
  try {
    await takeLimitOf('sign-up', req)
    // Only programs fill in what nobody sees; they learn nothing.
    if (homepage === '')
      await register(ctx, {
        ...values,
        password,
        agreement: values.agreement !== '',
        locale: 'en',
        inviteCode,
        ip,
      })
  } catch (error) {
    return page(visit, { values, errors: refusal(visit, error, labels) })
  }
  return checkMailPage(site, { email: values.email, sentAgain: false })
}

async function confirm({ ctx, site, req }: Visit): Promise<string> {
  const { token } = textsOf(paramsOf(req), 'token')
  try {
    const user = await verifyEmail(ctx, { token })
    if (!user.approvedAt) return confirmationPage(site, { state: 'pending' })
    const app = await appOfSignUp(ctx, user.id)
    const back = app?.website ? { name: app.name, url: app.website } : null
    return confirmationPage(site, { state: 'done', app: back })
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    return confirmationPage(site, { state: 'failed' })
  }
}

export default pages((r) => {
  r.get(paths.signUp, async (visit) => page(visit))
  r.post(paths.signUp, signUp)

  r.post(paths.resendMail, async (visit) => {
    const { ctx, site, req } = visit
    const { email } = textsOf(paramsOf(req), 'email')
    await takeLimitOf('confirmations', req)
    await resendConfirmation(ctx, { email })
    return checkMailPage(site, { email, sentAgain: true })
  })

  // Programs that scan mails open every link, so opening it confirms nothing yet.
  r.get(paths.confirm, async ({ ctx, site, req, res }) => {
    const token = String(req.query.token ?? '')
    keepAddress(res)
    const found = await findVerification(ctx, { token, kind: 'confirm-email' })
    if (!found) return confirmationPage(site, { state: 'failed' })
    return confirmationPage(site, { state: 'ask', email: found.user.email, token })
  })
  r.post(paths.confirm, confirm)
})
