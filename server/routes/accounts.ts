import { z } from 'zod'
import { actingId } from '#core/actor'
import { findAccount } from '#core/accounts/find-account'
import { existingIds } from '#core/accounts/account.queries'
import { lookUpAccount } from '#core/accounts/look-up-account'
import { searchAccounts } from '#core/accounts/search-accounts'
import { issueToken } from '#core/auth/issue-token'
import { OauthApp } from '#core/auth/oauth-app.model'
import { register } from '#core/auth/register'
import { Forbidden, Invalid } from '#platform/errors'
import { bool, id, ids, limit, number, text } from '../input.ts'
import { routes } from '../routes.ts'
import { accountsJson, oneAccountJson } from '../serializers/account.ts'
import { credentialAccountJson } from '../serializers/credential-account.ts'
import { tokenJson } from '../serializers/token.ts'

const MOST = 40
const read = ['read:accounts']

const signUp = z.looseObject({
  username: text(),
  email: text(),
  password: text(),
  agreement: bool(),
  locale: text(),
  reason: text(),
  date_of_birth: text(),
  invite_code: text(),
  time_zone: text(),
})

const search = z.looseObject({
  q: text(),
  limit: limit(40, 80),
  offset: number(),
  resolve: bool(),
  following: bool(),
})

export default routes('/api/v1/accounts', (r) => {
  r.post(
    '/',
    { access: 'app', scopes: ['write:accounts'], input: signUp, limit: 'sign-up', answers: 'Token' },
    async (ctx, { username = '', email = '', password = '', agreement, ...more }, { ip }) => {
      const { actor } = ctx
      const app = actor.kind === 'visitor' && actor.appId ? await OauthApp.findByPk(actor.appId) : null
      if (!app) throw new Forbidden()
      const { locale, reason, date_of_birth: birthDate, invite_code: inviteCode, time_zone: timeZone } = more
      const draft = {
        username,
        email,
        password,
        agreement: agreement ?? false,
        locale,
        timeZone,
        reason,
        birthDate,
        inviteCode: inviteCode?.trim() || undefined,
        ip,
      }
      const user = await register(ctx, draft)
      return tokenJson(await issueToken(ctx, { appId: app.id, userId: user.id, scopes: app.scopes }))
    },
  )

  r.get('/verify_credentials', { scopes: ['profile', ...read], answers: 'CredentialAccount' }, async (ctx) =>
    credentialAccountJson(ctx, actingId(ctx)),
  )

  r.get(
    '/lookup',
    { access: 'optional', scopes: read, input: z.looseObject({ acct: text() }), answers: 'Account' },
    async (ctx, { acct = '' }) => oneAccountJson(ctx, (await lookUpAccount(ctx, { acct })).id),
  )

  r.get('/search', { scopes: read, input: search, answers: 'Array<Account>' }, async (ctx, input) => {
    const { q: query = '', offset, ...rest } = input
    const found = await searchAccounts(ctx, { ...rest, query, offset: Math.max(0, Math.trunc(offset ?? 0)) })
    return accountsJson(
      ctx,
      found.map((id) => ({ id })),
    )
  })

  r.get(
    '/',
    { access: 'optional', scopes: read, input: z.looseObject({ id: ids() }), answers: 'Array<Account>' },
    async (ctx, { id: wanted }) => {
      if (wanted.length > MOST) throw new Invalid(`Validation failed: at most ${MOST} accounts at once`)
      return accountsJson(ctx, await existingIds(ctx, wanted))
    },
  )

  r.get(
    '/:id',
    { access: 'optional', scopes: read, input: z.looseObject({ id: id() }), answers: 'Account' },
    async (ctx, { id: wanted }) => oneAccountJson(ctx, (await findAccount(ctx, { id: wanted })).id),
  )
})
