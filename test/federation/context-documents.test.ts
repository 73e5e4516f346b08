import { instance } from '#config/instance'
import { accountUri, postUri } from '#core/addresses'
import { loadPosts } from '#federation/load-posts'
import { renderPost } from '#federation/objects/render-post'
import { cast, type Member, stranger } from '#test/factories/account'
import { post } from '#test/factories/post'
import { request } from '#test/support/client'

let alice: Member
let bob: Member
beforeEach(async () => ({ alice, bob } = await cast('alice', 'bob')))

const get = (path: string, Accept = 'application/activity+json') =>
  request('GET', path, undefined, { headers: { Accept } })
const rendered = async ({ id }: { id: string }) => renderPost((await loadPosts([id]))[0]!)

test('backfill-04: a thread that began here is a collection of its public posts, oldest first, owned by who began it', async () => {
  const far = await stranger('far', 'far.example')
  const root = await post(alice)
  const answer = await post(far, { uri: 'https://far.example/1', replyTo: root })
  const own = await post(bob, { replyTo: answer, visibility: 'unlisted' })
  await post(bob, { replyTo: root, visibility: 'private' })
  await post(bob, { replyTo: root, visibility: 'direct', mentions: [alice] })
  const spam = await stranger('spam', 'spam.example', { silencedAt: new Date() })
  await post(spam, { uri: 'https://spam.example/1', replyTo: root })
  const id = `${instance.origin}/contexts/${root.id}`
  for (const each of [root, own])
    expect(await rendered(each)).toMatchObject({ context: id, conversation: id })
  const { status, body } = await get(`/contexts/${root.id}`)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    id,
    type: 'OrderedCollection',
    attributedTo: accountUri(alice.account),
    totalItems: 3,
    orderedItems: [root, answer, own].map(postUri),
  })
  expect((await get(`/contexts/${root.id}`, '*/*')).body.id).toBe(id)
})

test('federation rule 135, backfill-04: of a thread that is not for everybody, or began elsewhere, there is no collection', async () => {
  const hidden = await post(alice, { visibility: 'private' })
  const far = await stranger('far', 'far.example')
  const theirs = await post(far, { uri: 'https://far.example/1' })
  for (const id of [hidden.id, theirs.id, '1', 'x', `${hidden.id}/page`])
    expect((await get(`/contexts/${id}`)).status).toBe(404)
})

test('replies-07: an answer to somebody elsewhere is of the conversation there, called as it is called there', async () => {
  const far = await stranger('far', 'far.example')
  const called = ['https://far.example/contexts/1', 'tag:far.example,2026:1', undefined]
  const answers = await Promise.all(
    called.map(async (conversationUri, at) => {
      const uri = `https://far.example/${at}`
      const theirs = await post(far, { uri, ...(conversationUri ? { conversationUri } : {}) })
      const { conversation, context } = await rendered(await post(alice, { replyTo: theirs }))
      return [conversation, context]
    }),
  )
  expect(answers).toEqual([
    [called[0], called[0]],
    [called[1], undefined],
    ['https://far.example/2', 'https://far.example/2'],
  ])
})

test('collections-05: the replies, likes and shares of a post tell their totals', async () => {
  const root = await post(alice)
  await post(bob, { replyTo: root })
  const path = new URL(postUri(root)).pathname
  expect((await get(path)).body).toMatchObject({
    replies: { totalItems: 1 },
    likes: { totalItems: 0 },
    shares: { totalItems: 0 },
  })
  expect((await get(`${path}/replies`)).body).toMatchObject({ type: 'Collection', totalItems: 1 })
})
