import { Account } from '#core/accounts/account.model'
import { readmitDomain } from '#core/moderation/readmit-domain'
import { suspendDomain } from '#core/moderation/suspend-domain'
import { nowhere } from '#core/remote'
import { rows } from '#platform/db'
import { cast, type Member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { closeListeners } from '#test/support/listener'
import { settle } from '#test/support/settle'
import { startStub, type StubServer } from '#test/support/stub-server'
import { stubActor } from '#test/support/stub-actor'

const operator = { actor: { kind: 'operator' } as const, remote: nowhere }
let alice: Member
let far: StubServer
beforeAll(async () => void (far = await startStub()))
afterAll(async () => {
  await far.stop()
  await closeListeners()
})
beforeEach(async () => {
  ;({ alice } = await cast('alice'))
  far.documents.clear()
  far.refusal = undefined
})

/** Somebody there with a post, whose domain was suspended and is back; what follows is not done yet. */
async function pardoned() {
  const { account } = await stubActor(far, 'ann')
  const note = await post(account, { uri: `${account.uri}/notes/1` })
  await suspendDomain(operator, { domain: far.domain })
  await settle()
  await readmitDomain(operator, { domain: far.domain })
  return { account, status: async () => (await client(alice).get(`/api/v1/statuses/${note.id}`)).status }
}
const now = async ({ id }: Account) => Account.findByPk(id, { rejectOnEmpty: true })

test('federation rule 233: whose domain is suspended no more is fetched anew before their posts return', async () => {
  const { account, status } = await pardoned()
  expect((await now(account)).suspendedAt).not.toBeNull()
  expect(await status()).toBe(404)
  const id = far.actor('ann')
  const inboxes = { inbox: `${id}/inbox`, outbox: `${id}/outbox`, followers: `${id}/followers` }
  far.serve({ id, type: 'Person', preferredUsername: 'ann', name: 'Ann, now', ...inboxes })
  await settle()
  expect(await now(account)).toMatchObject({ suspendedAt: null, displayName: 'Ann, now' })
  expect(await status()).toBe(200)
})

test('federation rule 233: while their server does not answer they stay hidden, and it is asked again', async () => {
  const { account, status } = await pardoned()
  far.refusal = 500
  await settle()
  expect((await now(account)).suspendedAt).not.toBeNull()
  expect(await status()).toBe(404)
  const owed = await rows({}, `SELECT 1 FROM owed_work WHERE payload->>'name' = 'account.pardoned'`)
  expect(owed).toHaveLength(1)
})

test('federation rule 233: who is gone there meanwhile does not come back', async () => {
  const { account, status } = await pardoned()
  far.refusal = 410
  await settle()
  expect((await now(account)).goneAt).not.toBeNull()
  expect(await status()).toBe(404)
})
