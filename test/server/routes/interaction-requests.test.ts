import { Post } from '#core/posts/post.model'
import { Reaction } from '#core/reactions/reaction.model'
import { rows } from '#platform/db'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { settle } from '#test/support/settle'

let alice: Member
let bob: Member
let carol: Member

const path = '/api/v1/interaction_requests'
const asked = { always: ['author'], with_approval: ['public'] }

beforeEach(async () => {
  ;({ alice, bob, carol } = await cast('alice', 'bob', 'carol'))
})

const write = async (who: Member, body: object) => {
  const { status, body: made } = await client(who).post('/api/v1/statuses', body)
  expect(status).toBe(200)
  expectEntity('Status::SignedIn', made)
  return made
}
const original = () =>
  write(alice, {
    status: 'mine',
    interaction_policy: { can_reply: asked, can_favourite: asked, can_reblog: asked },
  })
const requests = async (who = alice, query = '') => (await client(who).get(`${path}${query}`)).body
const read = async (who: Member | undefined, id: string) => client(who).get(`/api/v1/statuses/${id}`)
const counts = async (id: string) => {
  const { body } = await read(undefined, id)
  return [body.replies_count, body.favourites_count, body.reblogs_count]
}
const descendants = async (who: Member | undefined, id: string): Promise<string[]> =>
  (await client(who).get(`/api/v1/statuses/${id}/context`)).body.descendants.map(
    (each: { id: string }) => each.id,
  )

/** Bob replies to a post, likes and boosts it. */
async function interact(id: string, status = 'well') {
  const reply = await write(bob, { status, in_reply_to_id: id })
  for (const verb of ['favourite', 'reblog']) {
    const { status: code, body } = await client(bob).post(`/api/v1/statuses/${id}/${verb}`)
    expect(code).toBe(200)
    expectEntity('Status::SignedIn', body)
  }
  await settle()
  return reply
}

test('what needs a yes is neither shown nor counted nor told before, and its author reads of it', async () => {
  await follow(carol, bob)
  const { id } = await original()
  const reply = await interact(id, 'well @carol #news')
  expect(await counts(id)).toEqual([0, 0, 0])
  for (const who of [alice, carol, undefined]) {
    expect((await read(who, reply.id)).status).toBe(404)
    expect(await descendants(who, id)).toEqual([])
  }
  expect(await descendants(bob, id)).toEqual([reply.id])
  expect(await rows({}, `SELECT kind FROM notifications WHERE kind NOT LIKE 'pending.%'`)).toEqual([])
  expect((await client(carol).get('/api/v1/timelines/home')).body).toEqual([])
  expect((await client(undefined).get('/api/v1/timelines/tag/news')).body).toEqual([])
  const waiting = await requests()
  expect(waiting.map(({ type }: { type: string }) => type)).toEqual(['reblog', 'favourite', 'reply'])
  for (const each of waiting) {
    expectEntity('Account', each.account)
    expectEntity('Status::SignedIn', each.status)
    expect(each).toMatchObject({ account: { id: bob.account.id }, status: { id } })
    expect(each).not.toHaveProperty('accepted_at')
  }
  expect(waiting[2].reply.content).toContain('well')
  expect(waiting[0]).not.toHaveProperty('reply')
  expect((await client(alice).get(`${path}/${waiting[0].id}`)).body).toEqual(waiting[0])
  expect((await client(bob).get(`${path}/${waiting[0].id}`)).status).toBe(404)
  expect(await requests(bob)).toEqual([])
})

test('a yes makes it happen, once, and all that follows from it follows then', async () => {
  await follow(carol, bob)
  const { id } = await original()
  const reply = await interact(id, 'well @carol #news')
  for (const { id: requestId, type } of await requests()) {
    const { status, body } = await client(alice).post(`${path}/${requestId}/authorize`)
    expect({ status, type: body.type }).toEqual({ status: 200, type })
    expect(body.accepted_at).toEqual(expect.any(String))
    expect((await client(alice).post(`${path}/${requestId}/authorize`)).status).toBe(404)
  }
  await settle()
  expect(await requests()).toEqual([])
  expect(await counts(id)).toEqual([1, 1, 1])
  const { body: shown } = await read(undefined, reply.id)
  expect(shown).toMatchObject({ visibility: 'public', mentions: [{ id: carol.account.id }] })
  expect(await descendants(undefined, id)).toEqual([reply.id])
  const { body: mine } = await read(bob, id)
  expect(mine).toMatchObject({ favourited: true, reblogged: true })
  const told = await rows<{ kind: string }>({}, 'SELECT kind FROM notifications ORDER BY kind')
  expect(told.map(({ kind }) => kind)).toEqual(['favourite', 'mention', 'reblog'])
  const { body: tagged } = await client(undefined).get('/api/v1/timelines/tag/news')
  expect(tagged.map((each: { id: string }) => each.id)).toEqual([reply.id])
  const { body: home } = await client(carol).get('/api/v1/timelines/home')
  expect(home).toMatchObject([{ reblog: { id } }])
  await interact(id)
  expect((await counts(id)).slice(1)).toEqual([1, 1])
})

test('a no leaves a reply with its author alone, and what was refused is not asked again', async () => {
  const { id } = await original()
  const reply = await interact(id)
  for (const { id: requestId } of await requests()) {
    const { status, body } = await client(alice).post(`${path}/${requestId}/reject`)
    expect({ status, at: body.rejected_at }).toEqual({ status: 200, at: expect.any(String) })
    expect((await client(alice).post(`${path}/${requestId}/reject`)).status).toBe(404)
  }
  await settle()
  expect([await counts(id), await requests()]).toEqual([[0, 0, 0], []])
  expect([(await read(bob, reply.id)).status, (await read(alice, reply.id)).status]).toEqual([200, 404])
  expect(await client(bob).post(`/api/v1/statuses/${id}/favourite`)).toMatchObject({
    status: 422,
    body: { error: 'The author of this post does not let you like it' },
  })
})

test('a yes is taken back: the like and boost go, and the reply is left to its author', async () => {
  const { id } = await original()
  const reply = await interact(id)
  for (const { id: requestId } of await requests()) {
    await client(alice).post(`${path}/${requestId}/authorize`)
    expect((await client(alice).post(`${path}/${requestId}/reject`)).status).toBe(200)
  }
  await settle()
  expect((await counts(id)).slice(1)).toEqual([0, 0])
  expect(await descendants(carol, id)).toEqual([])
  expect(await descendants(bob, id)).toEqual([reply.id])
})

test('who wants it no more takes it back, and goes on with a reply only when it has its yes', async () => {
  const { id } = await original()
  const reply = await interact(id)
  const more = await client(bob).post('/api/v1/statuses', { status: 'more', in_reply_to_id: reply.id })
  expect(more).toMatchObject({ status: 422, body: { error: expect.stringContaining('waits') } })
  await client(bob).post(`/api/v1/statuses/${id}/unfavourite`)
  await client(bob).post(`/api/v1/statuses/${id}/unreblog`)
  await client(bob).delete(`/api/v1/statuses/${reply.id}`)
  expect(await requests()).toEqual([])
  expect(await rows({}, 'SELECT id FROM interaction_requests')).toEqual([])
  expect([await Reaction.count(), await Post.count()]).toEqual([0, 1])
})

test('an edit of a reply that waits tells nobody whom it names now', async () => {
  const { id } = await original()
  const reply = await write(bob, { status: 'well', in_reply_to_id: id })
  await client(bob).put(`/api/v1/statuses/${reply.id}`, { status: 'well @carol' })
  await settle()
  expect((await read(carol, reply.id)).status).toBe(404)
  const [{ id: requestId }] = await requests()
  await client(alice).post(`${path}/${requestId}/authorize`)
  expect((await read(carol, reply.id)).body.mentions).toMatchObject([{ id: carol.account.id }])
})

test('the list is read by kinds and by post, in pages', async () => {
  const [one, two] = [await original(), await original()]
  await interact(one.id)
  await interact(two.id)
  const types = async (query: string) =>
    (await requests(alice, query)).map(({ type }: { type: string }) => type)
  expect(await types('?favourites=false&reblogs=false')).toEqual(['reply', 'reply'])
  expect(await types(`?status_id=${one.id}`)).toEqual(['reblog', 'favourite', 'reply'])
  const page = await requests(alice, '?limit=4')
  expect(page).toHaveLength(4)
  expect(await types(`?limit=4&max_id=${page[3].id}`)).toEqual(['favourite', 'reply'])
  await client(alice).post(`/api/v1/accounts/${bob.account.id}/block`)
  expect(await requests()).toEqual([])
  expect((await client(undefined).get(path)).status).toBe(401)
})
