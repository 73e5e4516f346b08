import { accountUri } from '#core/addresses'
import { postsOfAccount } from '#core/posts/account-posts.queries'
import { Post } from '#core/posts/post.model'
import { followAccount } from '#core/relationships/follow-account'
import { unfollowAccount } from '#core/relationships/unfollow-account'
import { STREAM, type StreamEvent } from '#core/stream'
import type { Json } from '#federation/properties'
import { readPins } from '#federation/read-pins'
import { remote } from '#federation/remote'
import { rows } from '#platform/db'
import { subscribe } from '#platform/pubsub'
import { as, cast, type Member } from '#test/factories/account'
import { outside } from '#test/factories/remote-post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { closeListeners } from '#test/support/listener'
import { activityOf, noteOf, type RemoteActor, tell } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { startFediverse, type StubFediverse } from '#test/support/stub-actors'

let far: StubFediverse
let away: StubFediverse
let alice: Member
let bob: Member
let ann: RemoteActor

beforeAll(async () => {
  ;[far, away] = await Promise.all([startFediverse(), startFediverse()])
})
afterAll(closeListeners)
beforeEach(async () => {
  far.clear()
  away.clear()
  ;({ alice, bob } = await cast('alice', 'bob'))
  ann = await far.actor('ann')
  await ann.account.update({ outboxUrl: `${ann.uri}/outbox` })
})

const DAY = 86_400_000
const before = (days: number) => new Date(Date.now() - days * DAY).toISOString()
const serve = (document: Json) => far.serve(new URL(String(document.id)).pathname, document)
const list = (name: 'outbox' | 'featured', items: unknown[], more: Json = {}, of = ann) =>
  serve({ id: `${of.uri}/${name}`, type: 'OrderedCollection', orderedItems: items, ...more })
const created = (note: Json, by = ann) => activityOf(by, 'Create', note)
const note = (name: string, more: Json = {}) => noteOf(ann, name, { published: before(1), ...more })

async function followedBy(who: Member, whom = ann): Promise<void> {
  await as(who, followAccount, { accountId: whom.account.id })
  await settle()
  await tell(
    whom,
    activityOf(whom, 'Accept', { type: 'Follow', actor: accountUri(who.account), object: whom.uri }),
  )
}
const known = async () => (await Post.findAll({ order: ['id'] })).map(({ uri }) => uri?.split('/').at(-1))
const pinned = async () =>
  (
    await rows<{ uri: string }>(
      {},
      'SELECT uri FROM posts WHERE pinned_at IS NOT NULL ORDER BY pinned_at DESC',
    )
  ).map(({ uri }) => uri.split('/').at(-1))
const askedFor = (end: string) => far.requests.filter((path) => path.endsWith(end)).length

describe('backfill-05: whoever is followed for the first time', () => {
  test('is shown with what they wrote of late and pinned, each in its place', async () => {
    const old = note('old', { published: before(400) })
    serve(old)
    list('featured', [old.id, note('new')])
    serve(note('new'))
    serve({
      id: `${ann.uri}/outbox`,
      type: 'OrderedCollection',
      totalItems: 10 ** 12,
      first: `${ann.uri}/outbox/page`,
    })
    serve({
      id: `${ann.uri}/outbox/page`,
      type: 'OrderedCollectionPage',
      partOf: `${ann.uri}/outbox`,
      orderedItems: [created(note('new')), created(note('second', { published: before(3) }))],
      next: `${ann.uri}/outbox/page`,
    })
    await followedBy(alice)
    expect(await known()).toEqual(['old', 'second', 'new'])
    expect(await pinned()).toEqual(['old', 'new'])
    const { body } = await client(bob).get(`/api/v1/accounts/${ann.account.id}/statuses?pinned=true`)
    for (const each of body) expectEntity('Status', each)
    expect(body.map(({ uri }: { uri: string }) => uri)).toEqual([old.id, note('new').id])
    const home = await client(alice).get('/api/v1/timelines/home')
    expect(home.body.map(({ uri }: { uri: string }) => uri)).toEqual([
      note('new').id,
      note('second').id,
      old.id,
    ])
  })

  test('rings nobody: no stream, no notification, not even for whom a post names', async () => {
    const heard: StreamEvent[] = []
    await as(bob, followAccount, { accountId: ann.account.id, notifies: true })
    const tag = [{ type: 'Mention', href: accountUri(bob.account), name: '@bob' }]
    list('outbox', [created(note('named', { tag, cc: [accountUri(bob.account)] }))])
    const stop = subscribe<StreamEvent>(STREAM, (event) => heard.push(event))
    await followedBy(alice)
    stop()
    expect(await known()).toEqual(['named'])
    expect(heard.filter(({ event }) => event === 'update')).toEqual([])
    expect(await rows({}, "SELECT 1 FROM notifications WHERE kind IN ('mention', 'status')")).toEqual([])
  })

  test('is read once: not for a second follower, nor again within the hour', async () => {
    list('outbox', [created(note('one'))])
    await followedBy(alice)
    await followedBy(bob)
    for (const each of [alice, bob]) await as(each, unfollowAccount, { accountId: ann.account.id })
    await followedBy(alice)
    expect(askedFor('/outbox')).toBe(1)
  })

  test('is not read before they let themselves be followed', async () => {
    list('outbox', [created(note('one'))])
    await as(alice, followAccount, { accountId: ann.account.id })
    await settle()
    expect(far.requests).toEqual([])
  })

  test('counts for twenty posts, and for what their own server says of them', async () => {
    const eve = noteOf(ann, 'x', { id: `http://${away.domain}/notes/x`, attributedTo: away.uri('eve') })
    const stolen = note('stolen', { attributedTo: far.uri('ben') })
    const inner = note('inner')
    serve({ ...note('said'), content: '<p>as it is</p>' })
    serve(activityOf(ann, 'Create', inner, { id: `${ann.uri}/activities/inner` }))
    const posts = Array.from({ length: 30 }, (_, at) =>
      created(note(`n${at}`, { published: before(at + 1) })),
    )
    list('outbox', [
      created(eve),
      created(stolen),
      created(note('secret', { to: [`${ann.uri}/followers`], cc: [] })),
      activityOf(ann, 'Announce', 'https://other.example/1'),
      { ...created(note('theirs')), actor: far.uri('ben') },
      activityOf(ann, 'Create', note('said').id),
      `${ann.uri}/activities/inner`,
      ...posts,
    ])
    await followedBy(alice)
    const found = await known()
    expect(found).toEqual(expect.arrayContaining(['said', 'inner', 'n0']))
    for (const name of ['x', 'stolen', 'secret', 'theirs', '1']) expect(found).not.toContain(name)
    expect(found.length).toBeLessThanOrEqual(20)
    expect((await Post.findOne({ where: { uri: String(note('said').id) } }))?.html).toContain('as it is')
    expect(away.requests).toEqual([])
  })

  test('federation rule 70: keeps what they pinned when the list cannot be had, and only their own posts are in it', async () => {
    list('featured', [note('one').id, `http://${away.domain}/notes/x`])
    serve(note('one'))
    await followedBy(alice)
    expect(await pinned()).toEqual(['one'])
    expect(away.requests).toEqual([])
    const now = []
    for (const items of [[], [note('one').id], undefined]) {
      if (items) list('featured', items)
      else far.serve('/users/ann/featured', undefined)
      await readPins(outside, ann.account)
      now.push(await pinned())
    }
    expect(now).toEqual([[], ['one'], ['one']])
  })
})

describe('groups-16: a community', () => {
  let tea: RemoteActor
  let joe: RemoteActor
  let fay: RemoteActor
  beforeEach(async () => {
    tea = await far.actor('tea', { kind: 'group' })
    await tea.account.update({ outboxUrl: `${tea.uri}/outbox` })
    joe = await far.actor('joe')
    fay = await away.actor('fay')
  })
  const page = (by: RemoteActor, name: string, more: Json = {}) =>
    noteOf(by, name, { type: 'Page', name, audience: tea.uri, published: before(2), ...more })
  const announce = (object: unknown) => activityOf(tea, 'Announce', object, { published: before(2) })
  const shown = async () => {
    const ids = await postsOfAccount(alice.ctx, {
      accountId: tea.account.id,
      cursors: { limit: 40 },
      filter: {},
    })
    const found = await rows<{ uri: string }>(
      {},
      'SELECT o.uri FROM posts AS p JOIN posts AS o ON o.id = p.boost_of_id WHERE p.id = ANY ($1::bigint[])',
      [ids],
    )
    return found.map(({ uri }) => uri.split('/').at(-1)).toSorted()
  }

  test('is shown with its latest threads when it is joined, those of other servers as these have them', async () => {
    away.serve('/users/fay/notes/theirs', { ...page(fay, 'theirs'), content: '<p>from its origin</p>' })
    list(
      'outbox',
      [
        announce(created(page(joe, 'own'), joe)),
        announce(created({ ...page(fay, 'theirs'), content: '<p>forged</p>' }, fay)),
        announce(created(page(joe, 'elsewhere', { audience: 'https://other.example/c/coffee' }), joe)),
        announce(activityOf(joe, 'Delete', `${joe.uri}/notes/own`)),
        { ...announce(created(page(joe, 'forged'), joe)), actor: joe.uri },
      ],
      {},
      tea,
    )
    serve(page(joe, 'top'))
    list('featured', [page(joe, 'top').id], {}, tea)
    await followedBy(alice, tea)
    expect(await shown()).toEqual(['own', 'theirs'])
    const theirs = await Post.findOne({ where: { uri: String(page(fay, 'theirs').id) } })
    expect(theirs?.html).toContain('from its origin')
    expect(await Post.count({ where: { uri: String(page(joe, 'top').id) } })).toBe(1)
  })

  test('is read when a member looks for it, and not when a stranger names it', async () => {
    const look = async (name: string, kind: 'person' | 'kith') => {
      far.describe(name, { type: 'Group', outbox: `${far.uri(name)}/outbox` })
      await remote.findAccountAt(kind === 'person' ? alice.ctx : { actor: { kind } }, far.uri(name))
      await settle()
      return askedFor(`/${name}/outbox`)
    }
    expect(await look('cake', 'kith')).toBe(0)
    expect(await look('milk', 'person')).toBe(1)
    expect(await look('milk', 'person')).toBe(1)
  })
})
