import { accountUri } from '#core/addresses'
import { Follow } from '#core/relationships/follow.model'
import { digestOf } from '#federation/followers-digest'
import type { Json } from '#federation/properties'
import { takeActivity } from '#federation/take-activity'
import { redis } from '#platform/redis'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { countQueries } from '#test/support/count-queries'
import { closeListeners } from '#test/support/listener'
import { activityOf, noteOf, type RemoteActor, signedPost } from '#test/support/remote-actor'
import { sentActivities } from '#test/support/sent-activities'
import { settle } from '#test/support/settle'
import { type StubFediverse, startFediverse } from '#test/support/stub-actors'

let alice: Member
let bob: Member
let far: StubFediverse
let ann: RemoteActor

beforeAll(async () => (far = await startFediverse()))
afterAll(closeListeners)
beforeEach(async () => {
  far.clear()
  ;[{ alice, bob }, ann] = await Promise.all([cast('alice', 'bob'), far.actor('ann')])
})

const uriOf = (member: Member) => accountUri(member.account)
const place = '/users/ann/followers_synchronization'
const list = (ids: unknown, more: Json = {}): Json => ({
  id: `http://${far.domain}${place}`,
  type: 'OrderedCollection',
  orderedItems: ids,
  ...more,
})
const header = (ids: string[], more: Record<string, string> = {}): Record<string, string> => {
  const parts = {
    collectionId: `${ann.uri}/followers`,
    url: `http://${far.domain}${place}`,
    digest: digestOf(ids),
    ...more,
  }
  const text = Object.entries(parts).map(([name, value]) => `${name}="${value}"`)
  return { 'collection-synchronization': text.join(', ') }
}
let count = 0
const note = () => activityOf(ann, 'Create', noteOf(ann, `n${(count += 1)}`))
const tell = async (headers: Record<string, string>) => {
  expect(await takeActivity(signedPost(ann, note(), '/inbox', headers))).toMatchObject({ status: 202 })
  await settle()
}
const asked = () => far.requests.filter((each) => each.endsWith(place)).length
const followersOfAnn = async () =>
  (await Follow.findAll({ where: { followedId: ann.account.id }, order: ['id'] })).map(
    ({ followerId, state }) => [followerId, state],
  )
describe('federation rule 191: what another server says about followers here', () => {
  test('is only compared while it agrees, and costs no query the second time', async () => {
    await follow(alice, ann)
    await follow(bob, ann, 'pending')
    await tell(header([uriOf(alice)]))
    expect(asked()).toBe(0)
    const costs = []
    for (const headers of [header([uriOf(alice)]), {}]) {
      await takeActivity(signedPost(ann, note(), '/inbox', headers))
      costs.push(await countQueries(() => settle()))
    }
    expect(costs[0]).toBe(costs[1])
  })

  test('ends a follow here that is unknown there, and tells nobody', async () => {
    await follow(alice, ann)
    await follow(bob, ann)
    far.serve(place, list([uriOf(alice)]))
    await tell(header([uriOf(alice)]))
    expect(await followersOfAnn()).toEqual([[alice.account.id, 'accepted']])
    expect(await sentActivities()).toEqual([])
  })

  test('undoes a follow there that is unknown here', async () => {
    far.serve(place, list([uriOf(alice), 'https://other.example/users/eve', `${uriOf(alice)}/no`]))
    await tell(header([uriOf(alice)]))
    expect(await sentActivities()).toEqual([
      expect.objectContaining({
        type: 'Undo',
        actor: uriOf(alice),
        object: expect.objectContaining({ type: 'Follow', actor: uriOf(alice), object: ann.uri }),
      }),
    ])
  })

  test('accepts a request whose Accept was lost', async () => {
    await follow(alice, ann, 'pending')
    far.serve(place, list(uriOf(alice)))
    await tell(header([uriOf(alice)]))
    expect(await followersOfAnn()).toEqual([[alice.account.id, 'accepted']])
    expect(await sentActivities()).toEqual([])
  })

  test('is looked into once an hour for each sender', async () => {
    await follow(alice, ann)
    far.serve(place, list([uriOf(alice)]))
    await tell(header([uriOf(bob)]))
    await tell(header([]))
    await tell(header([uriOf(alice), uriOf(bob)]))
    expect(asked()).toBe(1)
    const marks = await redis.keys('*mark:*')
    expect(Math.max(...(await Promise.all(marks.map((key) => redis.pttl(key)))))).toBeGreaterThan(3_000_000)
  })

  test.each<[string, () => Json | undefined]>([
    ['cannot be had', () => undefined],
    ['is not shown', () => ({ ...list(undefined), totalItems: 2 })],
    ['goes on elsewhere', () => list([], { next: 'https://other.example/page/2' })],
    ['is no collection', () => ({ ...list([]), type: 'Note' })],
    ['goes on for ever', () => list([], { next: `http://${far.domain}${place}` })],
  ])('ends nothing when the list %s', async (_why, served) => {
    await follow(alice, ann)
    far.serve(place, served())
    await tell(header([]))
    expect(asked()).toBeGreaterThan(0)
    expect(await followersOfAnn()).toEqual([[alice.account.id, 'accepted']])
  })

  test('is believed from a list of several pages', async () => {
    await follow(alice, ann)
    await follow(bob, ann)
    const page = `http://${far.domain}/page/2`
    far.serve('/page/2', { id: page, type: 'OrderedCollectionPage', orderedItems: [uriOf(bob)] })
    far.serve(place, list([uriOf(alice)], { next: page }))
    await tell(header([]))
    expect(await followersOfAnn()).toHaveLength(2)
  })

  test.each<[string, () => Record<string, string>]>([
    [
      'names another collection',
      () => header([], { collectionId: `http://${far.domain}/users/ben/followers` }),
    ],
    ['leads to another server', () => header([], { url: 'http://localhost:1/list' })],
    ['has no digest', () => header([], { digest: 'none' })],
    ['has no list', () => header([], { url: '' })],
    ['cannot be read', () => ({ 'collection-synchronization': 'hello' })],
  ])('is not heeded when it %s', async (_why, headers) => {
    await follow(alice, ann)
    far.serve(place, list([]))
    await tell(headers())
    expect(asked()).toBe(0)
    expect(await followersOfAnn()).toHaveLength(1)
  })

  test('is not heeded when the signature does not cover it', async () => {
    await follow(alice, ann)
    far.serve(place, list([]))
    const request = signedPost(ann, note())
    const receipt = await takeActivity({ ...request, headers: { ...request.headers, ...header([]) } })
    await settle()
    expect([receipt.status, asked()]).toEqual([202, 0])
    expect(await followersOfAnn()).toHaveLength(1)
  })
})

test('federation rule 191: nothing is fetched before the activity was answered', async () => {
  await follow(alice, ann)
  far.serve(place, list([]))
  await takeActivity(signedPost(ann, note(), '/inbox', header([])))
  expect(asked()).toBe(0)
  expect(await followersOfAnn()).toHaveLength(1)
})
