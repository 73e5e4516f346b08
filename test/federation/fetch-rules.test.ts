import { Account } from '#core/accounts/account.model'
import { postUri } from '#core/addresses'
import { Poll } from '#core/posts/polls/poll.model'
import { Post } from '#core/posts/post.model'
import { mayFetchMore, withFetchBudget } from '#federation/fetch-budget'
import { fetchObject, isGoneAtOrigin } from '#federation/fetch-object'
import { fetchReplies } from '#federation/fetch-replies'
import type { Json } from '#federation/properties'
import { inSeconds, shiftClock } from '#platform/clock'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { closeListeners, listen, type Listener } from '#test/support/listener'
import { activityOf, noteOf, type RemoteActor, tell } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { type StubFediverse, startFediverse } from '#test/support/stub-actors'

let alice: Member
let far: StubFediverse
let other: StubFediverse
let ann: RemoteActor
let eve: RemoteActor

beforeAll(async () => {
  ;[far, other] = await Promise.all([startFediverse(), startFediverse()])
})
afterAll(closeListeners)
afterEach(() => shiftClock(0))
beforeEach(async () => {
  far.clear()
  other.clear()
  ;[{ alice }, ann, eve] = await Promise.all([cast('alice'), far.actor('ann'), other.actor('eve')])
})

let count = 0
const pathOf = ({ id }: Json) => new URL(String(id)).pathname
const serve = (at: StubFediverse, object: Json): Json => {
  at.serve(pathOf(object), object)
  return object
}
const asked = ({ requests }: StubFediverse) => requests.splice(0).map((each) => each.replace('GET ', ''))

/** A post that is here, and whose replies its server lists in this way. */
async function parent(replies: unknown): Promise<Post> {
  const note = serve(far, { ...noteOf(ann, `parent${(count += 1)}`), replies })
  return post(ann.account, { uri: String(note.id) })
}
const page = (name: string, more: Json): Json => ({
  id: `${ann.uri}/pages/${name}${count}`,
  type: 'CollectionPage',
  ...more,
})
const answerTo = ({ uri }: { uri: string | null }, author: RemoteActor, name: string, more: Json = {}) =>
  noteOf(author, `${name}${count}`, { inReplyTo: uri, ...more })
const read = async ({ id }: Post) => {
  await fetchReplies(alice.ctx, { postId: id })
  await settle()
}
const replies = async ({ id }: Post) =>
  (await Post.findAll({ where: { replyToId: id } })).map(({ html }) => html)

/** A server whose pages go on for ever, each with so many replies that are there. */
async function endless(size: number): Promise<Listener> {
  const server = await listen((request, response) => {
    const base = `http://localhost:${server.port}`
    const [, kind, at = ''] = /^\/(\w+)\/([\w-]+)$/.exec(request.url ?? '') ?? []
    const items = Array.from({ length: size }, (_, each) => `${base}/notes/${at}-${each}`)
    const found: Record<string, Json> = {
      pages: { type: 'CollectionPage', items, next: `${base}/pages/${Number(at) + 1}` },
      notes: { type: 'Note', attributedTo: `${base}/users/x`, content: 'x', replies: `${base}/pages/1` },
    }
    const body = { id: base + request.url, ...found[kind ?? ''] }
    response.writeHead(200, { 'content-type': 'application/activity+json' }).end(JSON.stringify(body))
  })
  return server
}

describe('federation rule 50: the work on one activity', () => {
  test('fetches 1000 documents at most, 400 accounts among them', async () => {
    const taken = async (kind: 'objects' | 'accounts') =>
      withFetchBudget(
        async () => Array.from({ length: 2000 }, () => mayFetchMore(kind)).filter(Boolean).length,
      )
    expect(await Promise.all([taken('objects'), taken('accounts')])).toEqual([1000, 400])
  })

  test('asks no more than that, whatever for', async () => {
    const nobody = { actor: { kind: 'kith' } } as const
    const names = Array.from({ length: 6 }, (_, at) => `${ann.uri}/notes/none${at}`)
    await withFetchBudget(async () => {
      for (let at = 0; at < 998; at += 1) mayFetchMore('objects')
      for (const [at, id] of names.entries())
        await (at % 2 === 0 ? fetchObject(nobody, id) : isGoneAtOrigin(id))
    })
    expect(asked(far)).toEqual(names.slice(0, 2).map((id) => pathOf({ id })))
  })

  test('asks for nothing when a minute is over', async () => {
    const slow = await listen((_, response) => {
      if (slow.requests.length === 2) shiftClock(61_000)
      response.writeHead(404).end()
    })
    const ids = Array.from({ length: 5 }, (_, at) => `http://localhost:${slow.port}/${at}`)
    await tell(ann, activityOf(ann, 'Create', ids))
    expect(slow.requests).toHaveLength(2)
    await tell(ann, activityOf(ann, 'Create', ids.slice(3)))
    expect(slow.requests).toHaveLength(4)
  })
})

test('R-085, R-086, federation rule 99: a thread without end is read so far, not on arrival, and not again soon', async () => {
  const server = await endless(30)
  const uri = `http://localhost:${server.port}/notes/1`
  const author = await Account.create({
    username: 'x',
    domain: `localhost:${server.port}`,
    uri: `http://localhost:${server.port}/users/x`,
    fetchedAt: inSeconds(0),
  })
  const thread = await post(author, { uri })
  const look = async () => {
    await client(alice).get(`/api/v1/statuses/${thread.id}/context`)
    await settle()
    return server.requests.splice(0)
  }
  const first = await look()
  expect(first.filter((each) => each.includes('/pages/')).length).toBeLessThanOrEqual(10)
  expect(first.length).toBeGreaterThan(30)
  expect(first.length).toBeLessThanOrEqual(500)
  expect(await look()).toEqual([])
  await follow(alice, ann)
  const inline = { type: 'Collection', items: [1, 2, 3, 4, 5, 6].map((at) => `${eve.uri}/notes/${at}`) }
  await tell(ann, activityOf(ann, 'Create', noteOf(ann, 'new', { replies: inline })))
  expect(asked(other).length).toBeLessThanOrEqual(5)
})

test('federation rule 101: a boost of what is not here costs one fetch, a like none', async () => {
  const note = serve(other, noteOf(eve, 'one'))
  const missing = `${eve.uri}/notes/missing`
  for (const object of [note, note.id, missing]) await tell(ann, activityOf(ann, 'Announce', object))
  for (const object of [note, note.id, missing]) await tell(ann, activityOf(ann, 'Like', object))
  expect(asked(other)).toEqual([])
  await follow(alice, ann)
  for (const object of [note.id, missing]) await tell(ann, activityOf(ann, 'Like', object))
  expect(asked(other)).toEqual([])
  for (const object of [missing, missing, note.id, note.id])
    await tell(ann, activityOf(ann, 'Announce', object))
  expect(asked(other)).toEqual([pathOf({ id: missing }), pathOf(note)])
})

test('federation rule 104: pages on another host than their collection are not read', async () => {
  const bait = { type: 'CollectionPage', items: [`${eve.uri}/notes/bait`] }
  const away = serve(other, { ...bait, id: `${eve.uri}/pages/1` })
  const posing = serve(far, { ...bait, id: `${eve.uri}/pages/2` })
  far.serve('/posing', posing)
  for (const collection of [
    away.id,
    { type: 'Collection', first: away.id },
    { type: 'Collection', first: page('first', { items: [], next: away.id }) },
    { type: 'Collection', first: page('first', { items: [], next: `http://${far.domain}/posing` }) },
  ]) {
    await read(await parent(collection))
    expect(asked(other).filter((path) => path.includes('/notes/'))).toEqual([])
  }
})

test('federation rule 105: of an item on another host counts the id alone', async () => {
  const items: Json[] = []
  const thread = await parent({ type: 'Collection', first: { type: 'CollectionPage', items } })
  const [there, missing] = [answerTo(thread, eve, 'there'), answerTo(thread, eve, 'missing')]
  serve(other, there)
  for (const item of [there, missing]) items.push({ ...item, content: '<p>forged</p>' })
  serve(far, { ...noteOf(ann, `parent${count}`), replies: { type: 'Collection', items } })
  await read(thread)
  expect(await replies(thread)).toEqual([there.content])
})

test('R-085, federation rule 106: pages are read until there is no next, one was read before, or one is empty', async () => {
  const pages = async (chain: [name: string, items: string[], next?: string][]) => {
    count += 1
    for (const [name, items, next] of chain) {
      const more = next ? { next: page(next, {}).id } : {}
      serve(far, page(name, { items: items.map((each) => `${eve.uri}/notes/${each}`), ...more }))
    }
    const start = page(chain[0]![0], {}).id
    const note = serve(far, {
      ...noteOf(ann, `parent${count}`),
      replies: { type: 'Collection', first: start },
    })
    await read(await post(ann.account, { uri: String(note.id) }))
    const found = asked(far).flatMap((path) => /\/pages\/([a-z]+)/.exec(path)?.[1] ?? [])
    return found.join('')
  }
  expect(
    await pages([
      ['a', ['x'], 'b'],
      ['b', ['y']],
    ]),
  ).toBe('ab')
  expect(await pages([['a', ['x'], 'a']])).toBe('a')
  expect(
    await pages([
      ['a', ['x'], 'b'],
      ['b', ['y'], 'a'],
    ]),
  ).toBe('ab')
  expect(
    await pages([
      ['a', ['x'], 'b'],
      ['b', [], 'c'],
      ['c', ['z']],
    ]),
  ).toBe('ab')
})

test.each([1e308, 2 ** 53, -7, '9'.repeat(400), { at: 1 }, null, 'many'])(
  'R-085, federation rule 107: totalItems of %j is a hint at most',
  async (totalItems) => {
    await follow(alice, ann)
    const option = (name: string) => ({ type: 'Note', name, replies: { type: 'Collection', totalItems } })
    const question = noteOf(ann, `poll${(count += 1)}`, {
      type: 'Question',
      oneOf: [option('a'), option('b')],
      votersCount: totalItems,
    })
    const began = process.memoryUsage().rss
    expect((await tell(ann, activityOf(ann, 'Create', question))).status).toBe(202)
    const thread = await parent({
      type: 'Collection',
      totalItems,
      first: page('only', { totalItems, items: [] }),
    })
    await read(thread)
    expect(process.memoryUsage().rss - began).toBeLessThan(200_000_000)
    const poll = await Poll.findOne({ rejectOnEmpty: true })
    for (const tally of poll.tallies) {
      expect(tally).toBeGreaterThanOrEqual(0)
      expect(tally).toBeLessThan(2 ** 31)
    }
    expect(await replies(thread)).toEqual([])
  },
)

test('federation rule 112: whoever is seen is asked for again after a day, and then once in an hour at most', async () => {
  const like = async () => {
    await tell(ann, activityOf(ann, 'Like', postUri(await post(alice))))
    return asked(far).filter((path) => path === '/users/ann').length
  }
  const hours = (since: number) => ann.account.update({ fetchedAt: inSeconds(-since * 3600) })
  for (const since of [0.5, 1.5, 23.9]) {
    await hours(since)
    expect([since, await like()]).toEqual([since, 0])
  }
  await hours(24.1)
  expect(await like()).toBe(1)
  shiftClock(55 * 60_000)
  for (let time = 0; time < 3; time += 1) expect(await like()).toBe(0)
})
