import { verify } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { AccountKey } from '#core/accounts/account-key.model'
import { keysOf } from '#core/accounts/account-keys'
import { endAccount } from '#core/accounts/end-account'
import { accountUri } from '#core/addresses'
import { hostState } from '#core/instances/host-state'
import { recordFailure } from '#core/instances/record-contact'
import { createPost } from '#core/posts/create-post'
import { editPost } from '#core/posts/edits/edit-post'
import { deliver } from '#federation/deliveries'
import { findAccount } from '#federation/find-account'
import { takeActivity } from '#federation/take-activity'
import { rows } from '#platform/db'
import { as, cast, type Member, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { closeListeners, listen } from '#test/support/listener'
import { activityOf, type RemoteActor, signedPost, tell } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { stubActor } from '#test/support/stub-actor'
import { startStub, type StubServer } from '#test/support/stub-server'

let alice: Member
let ann: RemoteActor
let stub: StubServer
beforeEach(async () => {
  stub = await startStub()
  ;({ alice } = await cast('alice'))
  ann = await stubActor(stub, 'ann')
  await follow(ann, alice)
})
afterEach(() => stub.stop())
afterAll(closeListeners)

const all = () => settle({ except: ['schedule'] })
const again = async () => {
  await rows({}, `UPDATE owed_work SET due_at = now() WHERE kind = 'delivery' AND dead_at IS NULL`)
  await all()
}
const write = (name: string, about = 'thing', more: object = {}) =>
  deliver(
    alice.ctx,
    {
      activity: { id: `${accountUri(alice.account)}#${name}`, type: 'Like', ...more },
      senderId: alice.account.id,
      about,
    },
    [`${stub.origin}/inbox`],
  )
const names = () => stub.arrivals.map(({ id }) => id.split('#')[1])
const passPause = () => rows({}, `UPDATE instances SET paused_until = now() - interval '1 second'`)

test('federation rule 172: whose inbox is gone is looked up anew before anything goes there again', async () => {
  const inbox = `${ann.uri}/inbox`
  stub.status = 410
  await deliver(alice.ctx, { activity: { id: `${ann.uri}#x`, type: 'Like' }, senderId: alice.account.id }, [
    inbox,
  ])
  await all()
  expect(await ann.account.reload()).toMatchObject({ inboxUrl: null, fetchedAt: null })
  await findAccount(alice.ctx, ann.uri)
  expect((await ann.account.reload()).inboxUrl).toBe(inbox)
})

test('federation rule 175: who failed on seven days gets nothing, until a verified activity comes from there', async () => {
  for (let day = 1; day <= 7; day += 1) {
    await rows({}, `UPDATE instances SET last_failure_at = last_failure_at - interval '1 day'`)
    expect((await hostState(stub.domain)).isUnavailable).toBe(false)
    await recordFailure(stub.domain)
  }
  expect((await hostState(stub.domain)).isUnavailable).toBe(true)
  await as(alice, createPost, { text: 'nobody hears this' })
  await all()
  expect(await rows({}, `SELECT 1 FROM owed_work WHERE kind = 'delivery'`)).toEqual([])
  const travel = activityOf(ann, 'Travel', 'https://a.example/1')
  const spoilt = { ...signedPost(ann, travel), rawBody: Buffer.from(JSON.stringify({ ...travel, id: 'x' })) }
  expect((await takeActivity(spoilt)).status).toBe(401)
  expect((await hostState(stub.domain)).isUnavailable).toBe(true)
  expect((await tell(ann, travel)).status).toBe(202)
  expect((await hostState(stub.domain)).isUnavailable).toBe(false)
  await as(alice, createPost, { text: 'but this' })
  await all()
  expect(stub.arrivals.map(({ type }) => type)).toEqual(['Create'])
})

test('R-042, federation rule 176: five failures stop everything but one probe after half an hour, and what waits keeps its order', async () => {
  for (const name of ['one', 'two', 'three']) await write(name)
  stub.status = 500
  await all()
  for (let tries = 2; tries <= 5; tries += 1) {
    expect((await hostState(stub.domain)).isOpen).toBe(false)
    await again()
  }
  const { isOpen, pausedFor } = await hostState(stub.domain)
  expect([isOpen, Math.round(pausedFor / 60)]).toEqual([true, 30])
  const before = stub.arrivals.length
  await write('other', 'something else')
  await again()
  expect(stub.arrivals).toHaveLength(before)
  await passPause()
  await again()
  expect(stub.arrivals).toHaveLength(before + 1)
  await passPause()
  stub.status = 202
  stub.arrivals.length = 0
  for (let turn = 0; turn < 20 && stub.arrivals.length < 4; turn += 1) {
    await again()
    await sleep(50)
  }
  expect(names().filter((name) => name !== 'other')).toEqual(['one', 'two', 'three'])
})

test('federation rule 177: the end of things and answers to Follows are kept for a server that is away longer than a week', async () => {
  const like = { type: 'Like', id: 'https://a.example/l' }
  stub.status = 500
  await write('delete', 'a', { type: 'Delete' })
  await write('undo', 'b', { type: 'Undo', object: like })
  await write('accept', 'c', { type: 'Accept' })
  await write('like', 'd')
  await all()
  await rows({}, `UPDATE owed_work SET created_at = now() - interval '8 days' WHERE kind = 'delivery'`)
  await rows({}, `UPDATE instances SET recent_failures = 0, unavailable_at = now()`)
  await again()
  stub.arrivals.length = 0
  stub.status = 202
  await rows({}, `UPDATE instances SET unavailable_at = NULL, paused_until = NULL`)
  await again()
  await again()
  expect(names().toSorted()).toEqual(['accept', 'delete', 'undo'])
})

test('federation rule 178: what is said of one post to one server keeps its order, though the first had to be tried again', async () => {
  stub.status = 500
  const { id } = await as(alice, createPost, { text: 'one' })
  await all()
  stub.arrivals.length = 0
  stub.status = 202
  await as(alice, editPost, { postId: id, text: 'two' })
  await all()
  expect(stub.arrivals).toEqual([])
  await again()
  await again()
  expect(stub.arrivals.map(({ type }) => type)).toEqual(['Create', 'Update'])
})

test('federation rule 185: the end of an account is signed with its key, which stays until that is told', async () => {
  const { publicPem } = await keysOf(alice.account.id)
  const heard: IncomingHttpHeaders[] = []
  const server = await listen((request, response) => {
    heard.push(request.headers)
    response.writeHead(202).end()
  })
  await stranger('zoe', `127.0.0.1:${server.port}`, { inboxUrl: `${server.url}/zoe`, sharedInboxUrl: null })
  await endAccount(alice.ctx, { accountId: alice.account.id })
  await settle()
  expect(await AccountKey.count({ where: { accountId: alice.account.id } })).toBe(1)
  await all()
  const [headers] = heard
  const told = /headers="([^"]+)",signature="([^"]+)"/.exec(String(headers?.signature))
  const lines = told![1]!
    .split(' ')
    .map((name) => `${name}: ${name === '(request-target)' ? 'post /zoe' : String(headers![name])}`)
  expect(verify('sha256', Buffer.from(lines.join('\n')), publicPem, Buffer.from(told![2]!, 'base64'))).toBe(
    true,
  )
})

test('federation rule 190: a digest of followers goes with what is for followers, and not with what is for somebody alone', async () => {
  const heard: [string | undefined, boolean][] = []
  const server = await listen((request, response) => {
    heard.push([request.url, 'collection-synchronization' in request.headers])
    response.writeHead(202).end()
  })
  await ann.account.update({ inboxUrl: `${server.url}/ann`, sharedInboxUrl: `${server.url}/inbox` })
  for (const visibility of ['public', 'private', 'direct'])
    await as(alice, createPost, { text: `hi @ann@${stub.domain}`, visibility })
  for (let turn = 0; turn < 4; turn += 1) await again()
  expect(heard.toSorted()).toEqual([
    ['/ann', false],
    ['/inbox', true],
    ['/inbox', true],
  ])
})

test('federation rule 232: from whoever is suspended goes out that things are deleted or refused, and nothing else', async () => {
  const follow = { type: 'Follow', id: 'https://a.example/f' }
  for (const type of ['Create', 'Update', 'Like', 'Announce', 'Undo', 'Delete', 'Reject', 'Block', 'Move'])
    await write(type.toLowerCase(), type, { type, object: follow })
  await alice.account.update({ suspendedAt: new Date() })
  for (let turn = 0; turn < 4; turn += 1) await again()
  expect(names().toSorted()).toEqual(['delete', 'reject'])
})
