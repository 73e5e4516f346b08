import { Account } from '#core/accounts/account.model'
import { findAccount } from '#federation/find-account'
import { outside } from '#test/factories/remote-post'
import { startStub, type StubServer } from '#test/support/stub-server'

let stub: StubServer
beforeAll(async () => (stub = await startStub()))
afterAll(() => stub.stop())

test('R-021: an account that is met many times in one moment is stored once', async () => {
  const uri = stub.actor('newcomer')
  const found = await Promise.all(Array.from({ length: 8 }, () => findAccount(outside, uri)))
  expect(new Set(found.map((account) => account?.id)).size).toBe(1)
  expect(await Account.count({ where: { uri } })).toBe(1)
})
