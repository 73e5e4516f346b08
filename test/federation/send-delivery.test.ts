import { setTimeout as sleep } from 'node:timers/promises'
import { accountUri } from '#core/addresses'
import { Account } from '#core/accounts/account.model'
import { DomainRule } from '#core/instances/domain-rule.model'
import { hostState } from '#core/instances/host-state'
import { Instance } from '#core/instances/instance.model'
import { createPost } from '#core/posts/create-post'
import { deletePost } from '#core/posts/delete-post'
import { deliver } from '#federation/deliveries'
import { pauseBeforeDelivery } from '#federation/send-delivery'
import { probeHosts } from '#federation/probe-hosts'
import { rows } from '#platform/db'
import { as, cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { settle } from '#test/support/settle'
import { stubActor } from '#test/support/stub-actor'
import { startStub, type StubServer } from '#test/support/stub-server'

let alice: Member
let stub: StubServer
beforeEach(async () => {
  stub = await startStub()
  ;({ alice } = await cast('alice'))
  const ann = await stubActor(stub, 'ann')
  await follow(ann, alice)
})
afterEach(() => stub.stop())

type Owed = { seconds: number; attempts: number; dead: boolean; error: string | null }
const owed = () =>
  rows<Owed>(
    {},
    `SELECT extract(epoch FROM due_at - now())::float AS seconds, attempts, dead_at IS NOT NULL AS dead, last_error AS error
     FROM owed_work WHERE kind = 'delivery' ORDER BY id`,
  )
const all = () => settle({ except: ['schedule'] })
const passPause = () =>
  rows({}, `UPDATE owed_work SET due_at = now() WHERE kind = 'delivery' AND dead_at IS NULL`)
const again = async () => {
  await passPause()
  await all()
}
const age = (days: number) =>
  rows({}, `UPDATE owed_work SET created_at = now() - make_interval(days => $1) WHERE kind = 'delivery'`, [
    days,
  ])
const answers = () =>
  rows<{ outcome: string; status: number | null; tries: number }>(
    {},
    'SELECT outcome, status, tries FROM delivery_answers ORDER BY created_at',
  )
const letter = (type: string, name: string, object: unknown = 'https://a.example/1') => ({
  activity: { id: `${accountUri(alice.account)}#${name}`, type, object },
  senderId: alice.account.id,
  about: name,
})
const likes = async (count: number) => {
  for (let at = 0; at < count; at += 1)
    await deliver(alice.ctx, letter('Like', `like-${at}`), [`${stub.origin}/inbox`])
}
// Each failure looks like the first in a while, so that no breaker opens.
const calm = () => rows({}, `UPDATE instances SET recent_failures = 0, openings = 0, paused_until = NULL`)

test('R-040, federation rule 171: tries come after 1, 5 and 20 minutes, 1, 3, 8 and 24 hours, then daily, and none after seven days', async () => {
  stub.status = 500
  await as(alice, createPost, { text: 'one' })
  await all()
  const usual = [60, 300, 1200, 3600, 10_800, 28_800, 86_400, 86_400, 86_400, 86_400]
  for (const [at, seconds] of usual.entries()) {
    expect(pauseBeforeDelivery(at + 1)).toBe(seconds)
    const [row] = await owed()
    expect(row!.seconds).toBeGreaterThan(seconds * 0.79)
    expect(row!.seconds).toBeLessThan(seconds * 1.21)
    await calm()
    await again()
  }
  const before = stub.arrivals.length
  expect(before).toBe(11)
  await age(8)
  await calm()
  await again()
  expect(stub.arrivals).toHaveLength(before)
  expect(await owed()).toMatchObject([{ dead: true, error: expect.stringContaining('7 days') }])
})

test.each([408, 425, 429, 500, 503])('R-041 %i is tried again', async (status) => {
  stub.status = status
  await as(alice, createPost, { text: 'one' })
  await all()
  expect(await owed()).toMatchObject([{ dead: false, attempts: 1 }])
  expect(await answers()).toMatchObject([{ outcome: 'failed', status, tries: 1 }])
  stub.status = 202
  await calm()
  await again()
  expect(await owed()).toEqual([])
  expect(await answers()).toMatchObject([{ outcome: 'delivered', status: 202, tries: 2 }])
})

test.each([400, 401, 403, 404, 302])(
  'R-041 (for federation rules 172, 173): %i is tried again three times, then that inbox is given up',
  async (status) => {
    stub.status = status
    await as(alice, createPost, { text: 'one' })
    await all()
    for (let at = 0; at < 3; at += 1) {
      expect(await owed()).toMatchObject([{ dead: false }])
      await again()
    }
    expect(await owed()).toMatchObject([{ dead: true, attempts: 4 }])
    expect(await answers()).toMatchObject([{ outcome: 'refused', status, tries: 4 }])
  },
)

test('R-041, federation rule 172: 410 of a shared inbox forgets it, and with a server actor that is gone the host is', async () => {
  stub.status = 410
  await as(alice, createPost, { text: 'one' })
  await all()
  expect(await owed()).toMatchObject([{ dead: true }])
  const ann = await Account.findOne({ where: { username: 'ann' } })
  expect(ann).toMatchObject({ sharedInboxUrl: null, fetchedAt: null })
  expect((await Instance.findByPk(stub.domain))?.unavailableAt).not.toBeNull()
})

test.each([405, 406, 413, 415, 422])(
  'R-041, federation rule 173: %i ends the message at once',
  async (status) => {
    stub.status = status
    await as(alice, createPost, { text: 'one' })
    await all()
    expect(stub.arrivals).toHaveLength(1)
    expect(await owed()).toMatchObject([{ dead: true, attempts: 1 }])
    expect(await answers()).toMatchObject([{ outcome: 'refused', status, tries: 1 }])
  },
)

test('R-041 an answer of any length is read to its first 16 KiB', async () => {
  stub.body = 'x'.repeat(3_000_000)
  await as(alice, createPost, { text: 'one' })
  await all()
  expect(await answers()).toMatchObject([{ outcome: 'delivered', status: 202 }])
})

test.each(['cutting', 'babbling'] as const)(
  'R-041 to a host that is %s instead of answering is tried again',
  async (manner) => {
    stub.manner = manner
    await as(alice, createPost, { text: 'one' })
    await all()
    expect(await owed()).toMatchObject([{ dead: false, attempts: 1 }])
    expect(await answers()).toMatchObject([{ outcome: 'failed', status: null }])
    stub.manner = undefined
    await again()
    expect(await owed()).toEqual([])
  },
)

test('R-041 to a host where nobody listens is tried again', async () => {
  await deliver(alice.ctx, letter('Like', 'like'), ['http://127.1.0.1:1/inbox'])
  await all()
  expect(await owed()).toMatchObject([
    { dead: false, attempts: 1, error: expect.stringContaining('connection') },
  ])
})

test('R-041 whoever takes a message and never stops talking has taken it', async () => {
  stub.manner = 'flooding'
  await as(alice, createPost, { text: 'one' })
  await all()
  expect(await owed()).toEqual([])
  expect(await answers()).toMatchObject([{ outcome: 'delivered', status: 202 }])
})

test('R-040 a pause that a server asks for is kept to the second, and no try is lost by it', async () => {
  stub.status = 429
  stub.retryAfter = '3600'
  await as(alice, createPost, { text: 'one' })
  await all()
  const [row] = await owed()
  expect(row!.seconds).toBeGreaterThanOrEqual(3599)
  expect(row!.attempts).toBe(0)
  stub.status = 202
  await again()
  expect(stub.arrivals).toHaveLength(1)
})

test('R-042 while the breaker is open nobody connects, no try is lost, and one probe finds that the host is back', async () => {
  stub.status = 500
  await likes(60)
  await all()
  while (!(await hostState(stub.domain)).isOpen) await again()
  const atFirst = stub.arrivals.length
  expect((await owed()).every(({ dead }) => !dead)).toBe(true)
  for (let at = 0; at < 15; at += 1) await again()
  expect(stub.arrivals).toHaveLength(atFirst)
  expect((await owed()).every(({ attempts, dead }) => attempts <= 5 && !dead)).toBe(true)
  await rows({}, `UPDATE instances SET paused_until = now() - interval '1 second'`)
  await again()
  expect(stub.arrivals).toHaveLength(atFirst + 1)
  await rows({}, `UPDATE instances SET paused_until = now() - interval '1 second'`)
  stub.status = 202
  await again()
  expect(stub.arrivals.length).toBeGreaterThan(atFirst + 1)
  await rows({}, `UPDATE instances SET recovered_at = now() - interval '1 hour'`)
  for (let at = 0; at < 40 && (await owed()).length > 0; at += 1) await again()
  expect(await owed()).toEqual([])
})

test('R-044, R-045 a host that is given up gets no new posts, and when it is back what it must know', async () => {
  await Instance.create({ domain: stub.domain, unavailableAt: new Date(Date.now() - 30 * 86_400_000) })
  await as(alice, createPost, { text: 'nobody waits for this' })
  await all()
  expect(await owed()).toEqual([])
  const follow = { type: 'Follow', id: 'https://a.example/f' }
  for (const [type, object] of [
    ['Delete', 'x'],
    ['Undo', follow],
    ['Block', 'x'],
    ['Move', 'x'],
    ['Like', 'x'],
  ] as const)
    await deliver(alice.ctx, letter(type, type, object), [`${stub.origin}/inbox`])
  await all()
  await age(100)
  await again()
  expect(stub.arrivals).toEqual([])
  expect(await owed()).toHaveLength(4)
  stub.documents.set('/.well-known/nodeinfo', { links: [] })
  await probeHosts(alice.ctx)
  for (let at = 0; at < 20 && (await owed()).length > 0; at += 1) {
    await sleep(100)
    await all()
  }
  expect(stub.arrivals.map(({ type }) => type).sort()).toEqual(['Block', 'Delete', 'Move', 'Undo'])
})

test('R-044 a page that answers where a server was does not bring it back', async () => {
  await Instance.create({ domain: stub.domain, unavailableAt: new Date(Date.now() - 30 * 86_400_000) })
  stub.documents.set('/.well-known/nodeinfo', { hello: 'parked' })
  await probeHosts(alice.ctx)
  expect((await Instance.findByPk(stub.domain))?.unavailableAt).not.toBeNull()
})

test('R-045, R-048 of several updates of one thing that wait for a server, it gets the newest', async () => {
  await Instance.create({ domain: stub.domain, pausedUntil: new Date(Date.now() + 3_600_000) })
  for (const name of ['one', 'two', 'three']) {
    const activity = {
      id: `${accountUri(alice.account)}#${name}`,
      type: 'Update',
      object: { type: 'Person', name },
    }
    await deliver(alice.ctx, { activity, senderId: alice.account.id }, [`${stub.origin}/inbox`])
    await all()
  }
  const other = { id: `${accountUri(alice.account)}#note`, type: 'Update', object: { type: 'Note' } }
  await deliver(alice.ctx, { activity: other, senderId: alice.account.id }, [`${stub.origin}/inbox`])
  await Instance.update({ pausedUntil: null }, { where: { domain: stub.domain } })
  await again()
  await again()
  expect(stub.arrivals.map(({ id }) => id.split('#')[1])).toEqual(['three', 'note'])
})

test('R-048, R-049, federation rule 179: the end of a post takes what waits of it away, and goes out in its place', async () => {
  stub.status = 500
  const { id } = await as(alice, createPost, { text: 'one' })
  await all()
  stub.arrivals.length = 0
  stub.status = 202
  await as(alice, deletePost, { postId: id })
  await calm()
  await all()
  await again()
  expect(stub.arrivals.map(({ type }) => type)).toEqual(['Delete'])
  expect(await owed()).toEqual([])
})

test('R-049 nothing goes to a host that was suspended meanwhile, nor from an author who was', async () => {
  await as(alice, createPost, { text: 'one' })
  await settle()
  await DomainRule.create({ domain: 'localhost', severity: 'suspend' })
  await all()
  expect(stub.arrivals).toEqual([])
  expect(await answers()).toMatchObject([{ outcome: 'dropped' }])
  await DomainRule.destroy({ where: { domain: 'localhost' } })
  await as(alice, createPost, { text: 'two' })
  await alice.account.update({ suspendedAt: new Date() })
  await all()
  expect(stub.arrivals).toEqual([])
  expect(await owed()).toEqual([])
})
