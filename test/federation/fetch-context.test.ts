import { Post } from '#core/posts/post.model'
import { fetchReplies } from '#federation/fetch-replies'
import type { Json } from '#federation/properties'
import { cast, type Member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { outside } from '#test/factories/remote-post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { closeListeners } from '#test/support/listener'
import { noteOf, type RemoteActor } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { startFediverse, type StubFediverse } from '#test/support/stub-actors'

let home: StubFediverse
let away: StubFediverse
let alice: Member
let ann: RemoteActor
let eve: RemoteActor
let at: string

beforeAll(async () => {
  ;[home, away] = await Promise.all([startFediverse(), startFediverse()])
})
afterAll(closeListeners)
beforeEach(async () => {
  home.clear()
  away.clear()
  ;({ alice } = await cast('alice'))
  ;[ann, eve] = [await home.actor('ann'), await away.actor('eve')]
  at = `http://${home.domain}/contexts/1`
})

const serve = (document: Json): Json => {
  const url = new URL(String(document.id))
  const host = url.host === home.domain ? home : away
  host.serve(url.pathname, document)
  return document
}
const said = (by: RemoteActor, name: string, more: Json = {}) =>
  serve(noteOf(by, name, { context: at, ...more }))
const collection = (items: unknown[], more: Json = {}) =>
  serve({ id: at, type: 'OrderedCollection', attributedTo: ann.uri, orderedItems: items, ...more })

/** Has the thread of a post read, whose own document is that; gives the ends of what is here. */
async function read(document: Json): Promise<string[]> {
  const { id } = await post(document.attributedTo === ann.uri ? ann.account : eve.account, {
    uri: String(document.id),
  })
  await fetchReplies(outside, { postId: id })
  return known()
}
const known = async () =>
  (await Post.findAll({ order: ['id'] })).map(({ uri }) => String(uri).split('/').at(-1)!).toSorted()
const times = (end: string) =>
  [...home.requests, ...away.requests].filter((path) => path.endsWith(end)).length

test('backfill-03: the whole thread is read from the collection of its owner, each post from its own server', async () => {
  const root = said(ann, 'root')
  const deep = said(eve, 'deep', { inReplyTo: root.id })
  const deeper = said(ann, 'deeper', { inReplyTo: deep.id })
  const forged: Json = { ...noteOf(eve, 'late', { inReplyTo: deeper.id }), content: '<p>forged</p>' }
  said(eve, 'late', { inReplyTo: deeper.id, content: '<p>as eve wrote it</p>' })
  collection([], {
    orderedItems: undefined,
    first: { type: 'OrderedCollectionPage', orderedItems: [root.id, deep.id], next: `${at}/2` },
  })
  serve({ id: `${at}/2`, type: 'OrderedCollectionPage', orderedItems: [deeper.id, forged], next: `${at}/2` })
  const own = await post(ann.account, { uri: String(root.id) })
  await client(alice).get(`/api/v1/statuses/${own.id}/context`)
  await settle()
  const { body } = await client(alice).get(`/api/v1/statuses/${own.id}/context`)
  expectEntity('Context', body)
  const replies = body.descendants as { uri: string; content: string }[]
  expect(replies.map(({ uri }) => uri)).toEqual([deep.id, deeper.id, forged.id])
  expect(replies.at(-1)?.content).toContain('as eve wrote it')
})

test('backfill-03: it is read for an answer too, on the server of whoever began the thread', async () => {
  const root = said(ann, 'root')
  const answer = said(eve, 'answer', { inReplyTo: root.id })
  collection([root.id, answer.id, said(ann, 'other', { inReplyTo: root.id }).id])
  expect(await read(answer)).toEqual(['answer', 'other', 'root'])
})

test('backfill-03: contextHistory lists what was done, of which the posts count', async () => {
  const root = said(ann, 'root', { context: 'tag:home,2026:1', contextHistory: at })
  const create = (name: string) => ({
    id: `${eve.uri}/activities/${name}`,
    type: 'Create',
    actor: eve.uri,
    object: said(eve, name, { context: undefined, inReplyTo: root.id }),
  })
  const like = { id: `${eve.uri}/likes/1`, type: 'Like', actor: eve.uri, object: said(eve, 'liked').id }
  const add = { id: `${ann.uri}/adds/1`, type: 'Add', actor: ann.uri, object: create('two'), target: at }
  collection([create('one'), like, add])
  expect(await read(root)).toEqual(['one', 'root', 'two'])
})

test.each<[string, (x: string) => Json]>([
  ['of somebody on another server', (x) => ({ id: at, attributedTo: eve.uri, orderedItems: [x] })],
  ['with another id', (x) => ({ id: `${at}0`, attributedTo: ann.uri, orderedItems: [x] })],
  ['that is a post', () => noteOf(ann, 'root', { id: at })],
  ['of another server than its owner', (x) => ({ id: `${eve.uri}/1`, attributedTo: ann.uri, items: [x] })],
])('backfill-03: a context %s is not followed', async (_what, make) => {
  const { id: x } = said(eve, 'x', { inReplyTo: `${ann.uri}/notes/root` })
  const served = make(String(x))
  const { pathname } = new URL(String(served.id))
  const isAway = pathname.endsWith('/eve/1')
  ;(isAway ? away : home).serve(isAway ? pathname : '/contexts/1', { type: 'OrderedCollection', ...served })
  expect(await read(said(ann, 'root', isAway ? { context: served.id } : {}))).toEqual(['root'])
  expect(times(isAway ? pathname : '/contexts/1')).toBeGreaterThan(0)
  expect(times('/x')).toBe(0)
})

test('backfill-03: NodeBB lists the posts of a conversation by themselves', async () => {
  const root = said(ann, 'root')
  serve({ id: at, type: 'Conversation', attributedTo: ann.uri, posts: `${at}/posts` })
  const answer = said(eve, 'answer', { inReplyTo: root.id })
  serve({ id: `${at}/posts`, type: 'OrderedCollection', orderedItems: [root.id, answer.id] })
  expect(await read(root)).toEqual(['answer', 'root'])
})

test('federation rules 104, 105: what is listed and says nothing of that thread is left, and so are pages elsewhere', async () => {
  const root = said(ann, 'root')
  const stray = said(eve, 'stray', { context: undefined })
  const stranger = said(eve, 'stranger', { context: 'https://other.example/contexts/9' })
  const next = `http://${away.domain}/contexts/1`
  serve({ id: next, type: 'OrderedCollectionPage', orderedItems: [said(eve, 'page').id] })
  collection([root.id, stray.id, stranger.id], { next })
  expect(await read(root)).toEqual(['root'])
  expect(times('/contexts/1')).toBe(1)
})

test('R-085, R-086: a list without end costs ten pages and two hundred documents', async () => {
  const root = said(ann, 'root')
  for (let page = 1; page <= 12; page += 1)
    serve({
      id: page === 1 ? at : `${at}/${page}`,
      type: 'OrderedCollectionPage',
      attributedTo: ann.uri,
      totalItems: 10 ** 12,
      orderedItems: Array.from(
        { length: 40 },
        (_, n) => said(ann, `n${page}-${n}`, { inReplyTo: root.id }).id,
      ),
      next: `${at}/${page + 1}`,
    })
  await read(root)
  expect(home.requests.filter((path) => path.includes('/contexts'))).toHaveLength(10)
  expect(home.requests.filter((path) => path.includes('/notes/')).length).toBeLessThanOrEqual(200)
  expect(await Post.count()).toBeGreaterThan(100)
})
