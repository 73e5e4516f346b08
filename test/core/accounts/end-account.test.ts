import { endAccount } from '#core/accounts/end-account'
import { findAccount } from '#core/accounts/find-account'
import { Tombstone } from '#core/accounts/tombstone.model'
import { accountUri } from '#core/addresses'
import { nowhere } from '#core/remote'
import { rows } from '#platform/db'
import { NotFound } from '#platform/errors'
import { cast, member } from '#test/factories/account'
import { client } from '#test/support/client'

const ctx = { actor: { kind: 'kith' as const }, remote: nowhere }
const stated = async () => {
  const found = await rows<{ payload: object }>({}, `SELECT payload FROM owed_work WHERE kind = 'fact'`)
  return found.map(({ payload }) => payload)
}

test('an account that ended is emptied, is found by nobody, and its name stays taken', async () => {
  const { account } = await member('alice', { account: { note: 'n', noteHtml: '<p>n</p>' } })
  await endAccount(ctx, { accountId: account.id })
  await account.reload()
  expect(account).toMatchObject({ username: 'alice', displayName: '', noteHtml: '', fields: [] })
  expect(account.goneAt).not.toBeNull()
  await expect(findAccount(ctx, { id: account.id })).rejects.toThrow(NotFound)
  await expect(member('alice')).rejects.toThrow()
})

test('ending is stated once, with the address the account had, and leaves a tombstone', async () => {
  const { alice } = await cast('alice')
  const accountId = alice.account.id
  await endAccount(ctx, { accountId })
  await endAccount(ctx, { accountId })
  const uri = accountUri(alice.account)
  expect(await stated()).toEqual([{ name: 'account.deleted', payload: { accountId, uri } }])
  expect(await Tombstone.count({ where: { uri } })).toBe(1)
})

test('an unknown account ends without a word', async () => {
  await endAccount(ctx, { accountId: '1' })
  expect(await stated()).toEqual([])
})

test('ERR-07 the apps of an account that ended do nothing any more', async () => {
  const { alice } = await cast('alice')
  await endAccount(ctx, { accountId: alice.account.id })
  const { status } = await client(alice).get('/api/v1/accounts/verify_credentials')
  expect(status).toBe(403)
})
