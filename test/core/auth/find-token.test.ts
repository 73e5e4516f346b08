import { findToken } from '#core/auth/find-token'
import { OauthToken } from '#core/auth/oauth-token.model'
import { changeStanding } from '#core/auth/change-standing'
import { revokeTokens } from '#core/auth/revoke-tokens'
import { countQueries } from '#test/support/count-queries'
import { nowhere } from '#core/remote'
import { cast } from '#test/factories/account'
import { makeToken } from '#test/support/client'

const operator = { actor: { kind: 'operator' as const }, remote: nowhere }

test('a token that was just looked up costs no query', async () => {
  const { alice } = await cast('alice')
  const token = await makeToken(['read'], alice)
  await findToken(token)
  expect(await countQueries(() => findToken(token))).toBe(0)
})

test('OAUTH-26 a revoked token is refused at once, although it was just looked up', async () => {
  const { alice } = await cast('alice')
  const token = await makeToken(['read'], alice)
  expect((await findToken(token))?.revokedAt).toBeNull()
  await revokeTokens(alice.ctx, { userId: alice.user.id })
  expect((await findToken(token))?.revokedAt).not.toBeNull()
})

test('I6 a role that was taken away is gone at once', async () => {
  const { alice } = await cast('alice')
  const token = await makeToken(['read'], alice)
  await alice.user.update({ role: 'admin' })
  expect((await findToken(token))?.role).toBe('admin')
  await changeStanding(operator, { user: alice.user, change: { role: 'user' } })
  expect((await findToken(token))?.role).toBe('user')
})

test('T7 when a token was last used is kept by the day only', async () => {
  const { alice } = await cast('alice')
  await findToken(await makeToken(['read'], alice))
  const { lastUsedAt } = await OauthToken.findOne({ rejectOnEmpty: true })
  expect(lastUsedAt?.toISOString()).toMatch(/T00:00:00\.000Z$/)
  expect((await alice.user.reload()).lastActiveAt?.toISOString()).toBe(lastUsedAt?.toISOString())
})
