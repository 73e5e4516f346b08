import { setTimeout as sleep } from 'node:timers/promises'
import { accountUri } from '#core/addresses'
import { Instance } from '#core/instances/instance.model'
import { hostState } from '#core/instances/host-state'
import { recordContact, recordFailure, pauseHost } from '#core/instances/record-contact'
import { createPost } from '#core/posts/create-post'
import { deletePost } from '#core/posts/delete-post'
import { deliver } from '#federation/deliveries'
import { hearFrom } from '#federation/hear-from'
import { rows } from '#platform/db'
import { as, cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { activityOf, remoteActor, type RemoteActor, tell } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { startStub, type StubServer } from '#test/support/stub-server'

let alice: Member
let ann: RemoteActor
let stub: StubServer
beforeAll(async () => (stub = await startStub()))
afterAll(() => stub.stop())
beforeEach(async () => {
  stub.arrivals.length = 0
  stub.status = 503
  ;[{ alice }, ann] = await Promise.all([cast('alice'), remoteActor('ann', stub.domain, elsewhere('ann'))])
  await follow(ann, alice)
})

const elsewhere = (name: string) => ({
  uri: stub.actor(name),
  inboxUrl: `${stub.actor(name)}/inbox`,
  sharedInboxUrl: `${stub.origin}/inbox`,
  publicKeyId: `${stub.actor(name)}#main-key`,
})
const waiting = async () =>
  (
    await rows<{ seconds: number }>(
      {},
      `SELECT extract(epoch FROM due_at - now())::float AS seconds FROM owed_work WHERE kind = 'delivery' ORDER BY id`,
    )
  ).map(({ seconds }) => seconds)
const all = () => settle({ except: ['schedule'] })

test('R-043, R-044: what waits for a server that failed is due as soon as that server writes to us', async () => {
  const { id } = await as(alice, createPost, { text: 'one' })
  await all()
  stub.status = 500
  await rows({}, `UPDATE owed_work SET due_at = now() WHERE kind = 'delivery'`)
  await all()
  await as(alice, deletePost, { postId: id })
  await all()
  expect(stub.arrivals.map(({ type }) => type)).toContain('Create')
  expect(Math.max(...(await waiting()))).toBeGreaterThan(30)
  stub.arrivals.length = 0
  stub.status = 202
  await tell(
    { ...ann, keyId: `${stub.actor('ann')}#main-key` },
    activityOf(ann, 'Travel', 'https://a.example/1'),
  )
  await sleep(300)
  await all()
  expect(stub.arrivals.map(({ type }) => type)).toContain('Delete')
  expect(await waiting()).toEqual([])
})

test('R-043: held deliveries go out oldest first, ten a second, and those of other servers wait on', async () => {
  await recordFailure(stub.domain)
  await recordFailure('other.example')
  for (let at = 0; at < 30; at += 1) {
    const activity = { id: `${accountUri(alice.account)}#test/${at}`, type: 'Like' }
    const inboxes = [`${stub.origin}/inbox`, 'https://other.example/inbox']
    await deliver(alice.ctx, { activity, senderId: alice.account.id, about: `thing ${at}` }, inboxes)
  }
  await rows({}, `UPDATE owed_work SET due_at = now() + interval '8 hours', first_failed_at = now()`)
  await hearFrom(stub.domain)
  const due = await waiting()
  const [here, there] = [due.filter((_, at) => at % 2 === 0), due.filter((_, at) => at % 2 === 1)]
  expect(here.map((seconds) => Math.round((seconds - here[0]!) * 10))).toEqual(here.map((_, at) => at))
  expect(here[0]).toBeLessThan(1)
  expect(Math.min(...there)).toBeGreaterThan(28_000)
})

test('federation rule 174: a pause that a server asked for stands, though it writes to us', async () => {
  await pauseHost('busy.example', 3600)
  expect(await recordContact('busy.example')).toBe(false)
  expect((await hostState('busy.example')).pausedFor).toBeGreaterThan(3000)
  for (let tries = 0; tries < 5; tries += 1) await recordFailure('broken.example')
  expect((await hostState('broken.example')).pausedFor).toBeGreaterThan(1000)
  expect(await recordContact('broken.example')).toBe(true)
  expect(await recordContact('broken.example')).toBe(false)
  expect(await Instance.findByPk('broken.example')).toMatchObject({ recentFailures: 0, pausedUntil: null })
})
