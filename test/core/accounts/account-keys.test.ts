import { createPublicKey, sign, verify } from 'node:crypto'
import { keysOf, openKey } from '#core/accounts/account-keys'
import { AccountKey } from '#core/accounts/account-key.model'
import { member } from '#test/factories/account'

test('an account gets one RSA pair of 2048 bits, whoever asks first and however many at once', async () => {
  const { account } = await member('alice')
  const [one, other] = await Promise.all([keysOf(account.id), keysOf(account.id)])
  expect(one.publicPem).toBe(other.publicPem)
  expect(await AccountKey.count()).toBe(1)
  const key = createPublicKey(one.publicPem)
  expect(key.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 })
  const text = Buffer.from('hello')
  const signature = sign('sha256', text, await openKey(account.id))
  expect(verify('sha256', text, key, signature)).toBe(true)
})

test('R-166 the database alone gives no private key away, nor does a key moved to another account open there', async () => {
  const [{ account: alice }, { account: mallory }] = [await member('alice'), await member('mallory')]
  const keys = await keysOf(alice.id)
  const row = await AccountKey.findByPk(alice.id, { rejectOnEmpty: true })
  expect(row.privateSealed).not.toContain('PRIVATE KEY')
  expect(Buffer.from(row.privateSealed, 'base64url').toString('latin1')).not.toContain('PRIVATE KEY')
  await AccountKey.create({
    accountId: mallory.id,
    publicPem: keys.publicPem,
    privateSealed: row.privateSealed,
  })
  await expect(openKey(mallory.id)).rejects.toThrow()
})
