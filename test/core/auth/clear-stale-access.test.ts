import { Account } from '#core/accounts/account.model'
import { clearAbandonedSignUps } from '#core/auth/clear-abandoned-sign-ups'
import { clearStaleAccess } from '#core/auth/clear-stale-access'
import { clearUnusedApps } from '#core/auth/clear-unused-apps'
import { OauthApp } from '#core/auth/oauth-app.model'
import { OauthCode } from '#core/auth/oauth-code.model'
import { OauthToken } from '#core/auth/oauth-token.model'
import { Session } from '#core/auth/session.model'
import { Verification } from '#core/auth/verification.model'
import { nowhere } from '#core/remote'
import { cast, member } from '#test/factories/account'
import { makeToken } from '#test/support/client'

const ctx = { actor: { kind: 'kith' as const }, remote: nowhere }
const ago = (days: number) => new Date(Date.now() - days * 86_400_000)
const ahead = (days: number) => ago(-days)

test('R-192 what opens nothing any more goes, what still does stays', async () => {
  const { alice } = await cast('alice')
  const userId = alice.user.id
  await Session.bulkCreate([
    { tokenHash: 'over', userId, expiresAt: ago(1) },
    { tokenHash: 'ancient', userId, expiresAt: ahead(1), createdAt: ago(181) },
    { tokenHash: 'open', userId, expiresAt: ahead(1) },
  ])
  const link = { userId, kind: 'confirm-email', email: 'a@b.example' } as const
  await Verification.bulkCreate([
    { ...link, tokenHash: 'over', expiresAt: ago(1) },
    { ...link, tokenHash: 'open', expiresAt: ahead(1) },
  ])
  const app = await OauthApp.create({
    clientId: 'a',
    secretHash: 'b',
    name: 'Quill',
    redirectUris: [],
    scopes: [],
  })
  const code = { appId: app.id, userId, redirectUri: 'quill://back', scopes: [] }
  await OauthCode.bulkCreate([
    { ...code, codeHash: 'over', expiresAt: ago(2) },
    { ...code, codeHash: 'used', expiresAt: ago(0.5), usedAt: ago(0.5) },
  ])
  const token = { appId: app.id, scopes: [] }
  await OauthToken.bulkCreate([
    { ...token, tokenHash: 'revoked', userId, revokedAt: ago(31) },
    { ...token, tokenHash: 'unused', createdAt: ago(91) },
    { ...token, tokenHash: 'old', userId, createdAt: ago(900) },
    { ...token, tokenHash: 'used', createdAt: ago(900), lastUsedAt: ago(10) },
  ])
  await clearStaleAccess(ctx)
  const left = async (found: Promise<{ tokenHash: string }[]>) =>
    (await found).map(({ tokenHash }) => tokenHash).toSorted()
  expect(await left(Session.findAll())).toEqual(['open'])
  expect(await left(Verification.findAll())).toEqual(['open'])
  expect(await left(OauthToken.findAll())).toEqual(['old', 'used'])
  expect((await OauthCode.findAll()).map(({ codeHash }) => codeHash)).toEqual(['used'])
})

test('T6 an app that nobody let in goes after a day', async () => {
  const draft = { secretHash: 'b', redirectUris: [], scopes: [] }
  await OauthApp.bulkCreate([
    { ...draft, clientId: 'old', name: 'old', createdAt: ago(2) },
    { ...draft, clientId: 'new', name: 'new' },
  ])
  const { alice } = await cast('alice')
  await makeToken(['read'], alice)
  await OauthApp.update({ createdAt: ago(2) }, { where: { name: 'Test app' } })
  await clearUnusedApps(ctx)
  expect((await OauthApp.findAll()).map(({ name }) => name).toSorted()).toEqual(['Test app', 'new'])
})

test('a sign-up that nobody confirmed within a week frees its name', async () => {
  await member('gone', { user: { confirmedAt: null, createdAt: ago(8) } })
  await member('fresh', { user: { confirmedAt: null, createdAt: ago(6) } })
  await member('here', { user: { createdAt: ago(8) } })
  await clearAbandonedSignUps(ctx)
  expect((await Account.findAll()).map(({ username }) => username).toSorted()).toEqual(['fresh', 'here'])
})
