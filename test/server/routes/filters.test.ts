import { limits } from '#config/limits'
import { Filter } from '#core/filters/filter.model'
import { FilterKeyword } from '#core/filters/filter-keyword.model'
import { FilteredPost } from '#core/filters/filtered-post.model'
import { STREAM, type StreamEvent } from '#core/stream'
import { subscribe } from '#platform/pubsub'
import { cast } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { boost, post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'

const path = '/api/v2/filters'
const bees = { title: 'Bees', context: ['home', 'public'], keywords_attributes: [{ keyword: 'bees' }] }

test('FILT-01 INST-07 a filter has a title, contexts and an action, blur too, and is listed as it was made', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const { status, body } = await app.post(path, {
    ...bees,
    filter_action: 'hide',
    keywords_attributes: [{ keyword: ' bees ', whole_word: true }, { keyword: 'wasps' }, { keyword: '' }],
  })
  expect(status).toBe(200)
  expectEntity('Filter', body)
  expect(body).toMatchObject({
    title: 'Bees',
    context: ['home', 'public'],
    filter_action: 'hide',
    expires_at: null,
    keywords: [
      { keyword: 'bees', whole_word: true },
      { keyword: 'wasps', whole_word: false },
    ],
    statuses: [],
  })
  const second = (await app.post(path, { title: 'Blur', context: ['thread'], filter_action: 'blur' })).body
  const all = (await app.get(path)).body
  expectEntity('Array<Filter>', all)
  expect(all).toEqual([body, second])
  expect((await app.get(`${path}/${body.id}`)).body).toEqual(body)
})

test('FILT-01 a filter without title or context, or with an unknown context or action, is refused', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  for (const wrong of [
    {},
    { title: 'x' },
    { context: ['home'] },
    { title: ' ', context: ['home'] },
    { title: 'x'.repeat(257), context: ['home'] },
    { title: 'x', context: [] },
    { title: 'x', context: ['home', 'nowhere'] },
    { title: 'x', context: ['home'], filter_action: 'delete' },
    { title: 'x', context: ['home'], expires_in: 'soon' },
    { title: 'x', context: ['home'], expires_in: -5 },
    { title: 'x', context: ['home'], expires_in: 1e300 },
    { title: 'x', context: ['home'], keywords_attributes: [{ keyword: 'x'.repeat(513) }] },
  ])
    expect({ wrong, status: (await app.post(path, wrong)).status }).toEqual({ wrong, status: 422 })
  expect(await Filter.count()).toBe(0)
})

test('FILT-02 keywords with an id change, without one are added, with _destroy go', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const app = client(alice)
  const made = (
    await app.post(path, { ...bees, keywords_attributes: [{ keyword: 'one' }, { keyword: 'two' }] })
  ).body
  const [one, two] = made.keywords
  for (const verb of ['put', 'patch'] as const) {
    const { body } = await app[verb](`${path}/${made.id}`, {
      title: 'Changed',
      keywords_attributes: [{ id: one.id, keyword: 'uno', whole_word: 'true' }],
    })
    expectEntity('Filter', body)
    expect(body).toMatchObject({
      title: 'Changed',
      context: ['home', 'public'],
      keywords: [{ id: one.id }, two],
    })
    expect(body.keywords[0]).toEqual({ id: one.id, keyword: 'uno', whole_word: true })
  }
  const numbered = new URLSearchParams([
    ['keywords_attributes[0][id]', two.id],
    ['keywords_attributes[0][_destroy]', 'true'],
    ['keywords_attributes[1][keyword]', 'three'],
    ['keywords_attributes[1][whole_word]', '1'],
  ])
  expect((await app.put(`${path}/${made.id}`, numbered)).body.keywords).toMatchObject([
    { id: one.id, keyword: 'uno' },
    { keyword: 'three', whole_word: true },
  ])
  const foreign = (await client(bob).post(path, bees)).body.keywords[0]
  for (const id of [foreign.id, '1', 'nonsense']) {
    const { status } = await app.put(`${path}/${made.id}`, { keywords_attributes: [{ id, keyword: 'x' }] })
    expect(status).toBe(404)
  }
  expect((await app.put(`${path}/${made.id}`, { context: [] })).status).toBe(422)
})

test('FILT-03 HTTP-11 expires_in counts from now, and null or a blank clears the end', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const made = (await app.post(path, { ...bees, expires_in: 3600 })).body
  expect(Date.parse(made.expires_at) / 1000).toBeCloseTo(Date.now() / 1000 + 3600, -2)
  const one = `${path}/${made.id}`
  expect((await app.put(one, { title: 'x' })).body.expires_at).toBe(made.expires_at)
  expect((await app.put(one, { expires_in: null })).body.expires_at).toBeNull()
  expect((await app.put(one, new URLSearchParams({ expires_in: '60' }))).body.expires_at).not.toBeNull()
  expect((await app.put(one, new URLSearchParams({ expires_in: '' }))).body.expires_at).toBeNull()
  await app.put(one, { expires_in: 0 })
  expect((await app.get(path)).body).toHaveLength(1)
})

test('FILT-02 keywords are read, added, changed and removed one by one', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const [app, other] = [client(alice), client(bob)]
  const filter = (await app.post(path, bees)).body
  const added = await app.post(`${path}/${filter.id}/keywords`, { keyword: 'wasps', whole_word: true })
  expectEntity('FilterKeyword', added.body)
  expect(added.body).toMatchObject({ keyword: 'wasps', whole_word: true })
  const one = `${path}/keywords/${added.body.id}`
  const list = await app.get(`${path}/${filter.id}/keywords`)
  expectEntity('Array<FilterKeyword>', list.body)
  expect(list.body).toHaveLength(2)
  expect((await app.get(one)).body).toEqual(added.body)
  for (const verb of ['put', 'patch'] as const) {
    const { body } = await app[verb](one, { keyword: 'hornets' })
    expectEntity('FilterKeyword', body)
    expect(body).toEqual({ id: added.body.id, keyword: 'hornets', whole_word: true })
  }
  for (const reply of await Promise.all([
    other.get(one),
    other.put(one, { keyword: 'x' }),
    other.delete(one),
    other.get(`${path}/${filter.id}/keywords`),
    other.post(`${path}/${filter.id}/keywords`, { keyword: 'x' }),
    other.get(`${path}/${filter.id}`),
    other.put(`${path}/${filter.id}`, { title: 'x' }),
    other.delete(`${path}/${filter.id}`),
  ]))
    expect(reply.status).toBe(404)
  expect((await app.post(`${path}/${filter.id}/keywords`, { keyword: ' ' })).status).toBe(422)
  expect((await app.put(one, { keyword: '' })).status).toBe(422)
  expect(await app.delete(one)).toMatchObject({ status: 200, body: {} })
  expect((await app.get(one)).status).toBe(404)
  expect(await app.delete(`${path}/${filter.id}`)).toMatchObject({ status: 200, body: {} })
  expect([await Filter.count(), await FilterKeyword.count()]).toEqual([0, 0])
})

test('FILT-05 a post in a filter matches with its boosts; one that cannot be seen is not found', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const [app, other] = [client(alice), client(bob)]
  const filter = (await app.post(path, { title: 'One', context: ['home'] })).body
  const [note, secret] = [await post(bob), await post(bob, { visibility: 'private' })]
  const boosted = await boost(bob, note)
  const add = (status_id?: string) => app.post(`${path}/${filter.id}/statuses`, { status_id })
  const { body } = await add(note.id)
  expectEntity('FilterStatus', body)
  expect(body.status_id).toBe(note.id)
  expect((await add(note.id)).status).toBe(422)
  expect((await add(secret.id)).status).toBe(404)
  expect((await add('1')).status).toBe(404)
  expect((await add()).status).toBe(422)
  const list = await app.get(`${path}/${filter.id}/statuses`)
  expectEntity('Array<FilterStatus>', list.body)
  expect(list.body).toEqual([body])
  const one = `${path}/statuses/${body.id}`
  expect((await app.get(one)).body).toEqual(body)
  for (const id of [note.id, boosted.id]) {
    const status = (await app.get(`/api/v1/statuses/${id}`)).body
    expectEntity('Status::SignedIn', status)
    expect(status.filtered).toMatchObject([
      { filter: { id: filter.id }, keyword_matches: null, status_matches: [note.id] },
    ])
  }
  expect((await other.get(one)).status).toBe(404)
  expect((await other.delete(one)).status).toBe(404)
  expect((await app.delete(one)).body).toEqual({})
  expect(await FilteredPost.count()).toBe(0)
  expect((await app.get(`/api/v1/statuses/${note.id}`)).body.filtered).toEqual([])
})

test('FILT-06 FILT-07 TL-16 what matches stands with the post everywhere, whatever the context, and stays in lists', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const app = client(alice)
  await follow(alice, bob)
  const root = await post(alice)
  const note = await post(bob, { text: 'BEES and wasps', replyTo: root, mentions: [alice] })
  const boosted = await boost(bob, note)
  const filter = (await app.post(path, { ...bees, context: ['account'], filter_action: 'hide' })).body
  const result = [
    {
      filter: { id: filter.id, title: 'Bees', context: ['account'], expires_at: null, filter_action: 'hide' },
      keyword_matches: ['BEES'],
      status_matches: null,
    },
  ]
  const shown = async (at: string) => {
    const { body } = await app.get(at)
    const all = [body, body.descendants ?? [], body.statuses ?? []].flat()
    return all.find(({ id }: { id: string }) => id === note.id)
  }
  for (const at of [
    `/api/v1/statuses/${note.id}`,
    `/api/v1/statuses/${root.id}/context`,
    `/api/v1/accounts/${bob.account.id}/statuses`,
    '/api/v1/timelines/home',
    `/api/v2/search?q=${encodeURIComponent((await app.get(`/api/v1/statuses/${note.id}`)).body.uri)}&resolve=true`,
  ]) {
    const status = await shown(at)
    expectEntity('Status::SignedIn', status)
    expect({ at, filtered: status.filtered }).toEqual({ at, filtered: result })
  }
  const outer = (await app.get(`/api/v1/statuses/${boosted.id}`)).body
  expect([outer.filtered, outer.reblog.filtered]).toEqual([result, result])
  expect((await client(bob).get(`/api/v1/statuses/${note.id}`)).body.filtered).toEqual([])
  expect((await client().get(`/api/v1/statuses/${note.id}`)).body).not.toHaveProperty('filtered')
})

test('FILT-04 text, warning, options and descriptions are looked at', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const app = client(alice)
  await app.post(path, bees)
  const picture = { kind: 'image', mimeType: 'image/png', url: 'https://remote.example/a.png' } as const
  const poll = { options: ['Bees', 'Wasps'], isMultiple: false, expiresAt: null }
  const posts = await Promise.all([
    post(bob, { html: '<p>many <b>be</b>es</p>' }),
    post(bob, { spoilerText: 'About bees' }),
    post(bob, { poll }),
    post(bob, { attachments: [{ ...picture, description: 'Three bees' }] }),
    post(bob, { html: '<p><a href="https://bees.example/">a link</a></p>' }),
  ])
  const filtered = async (id: string) => (await app.get(`/api/v1/statuses/${id}`)).body.filtered.length
  expect(await Promise.all(posts.map(({ id }) => filtered(id)))).toEqual([1, 1, 1, 1, 0])
})

test('FILT-09 every change is told to the streams of the member', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const app = client(alice)
  const heard: StreamEvent[] = []
  const stop = subscribe<StreamEvent>(STREAM, (event) => heard.push(event))
  const tells = async (change: () => Promise<{ body: { id: string } }>) => {
    const before = heard.length
    const { body } = await change()
    expect(heard.slice(before)).toContainEqual({ event: 'filters_changed', accountId: alice.account.id })
    return body
  }
  const note = await post(bob)
  const filter = await tells(() => app.post(path, bees))
  const keyword = await tells(() => app.post(`${path}/${filter.id}/keywords`, { keyword: 'x' }))
  const entry = await tells(() => app.post(`${path}/${filter.id}/statuses`, { status_id: note.id }))
  await tells(() => app.put(`${path}/keywords/${keyword.id}`, { keyword: 'y' }))
  await tells(() => app.delete(`${path}/keywords/${keyword.id}`))
  await tells(() => app.delete(`${path}/statuses/${entry.id}`))
  await tells(() => app.put(`${path}/${filter.id}`, { title: 'z' }))
  await tells(() => app.delete(`${path}/${filter.id}`))
  const silent = heard.length
  expect((await app.post(path, {})).status).toBe(422)
  expect(heard).toHaveLength(silent)
  stop()
})

test('nobody has more filters or keywords than the limits, however fast they are made', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const accountId = alice.account.id
  await Filter.bulkCreate(
    Array.from({ length: limits.filter.perUser - 1 }, () => ({
      accountId,
      title: 'x',
      contexts: ['home' as const],
      action: 'warn' as const,
    })),
  )
  const replies = await Promise.all(Array.from({ length: 4 }, () => app.post(path, bees)))
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422])
  const { id: filterId } = (await Filter.findOne({ rejectOnEmpty: true }))!
  await FilterKeyword.bulkCreate(
    Array.from({ length: limits.filter.keywords - 1 }, (_, at) => ({ filterId, keyword: `k${at}` })),
  )
  expect((await app.post(`${path}/${filterId}/keywords`, { keyword: 'one more' })).status).toBe(422)
})

test('filters need a member and the scope of filters', async () => {
  const { alice } = await cast('alice')
  expect((await client().get(path)).status).toBe(401)
  expect((await client(alice, ['read:statuses']).get(path)).status).toBe(403)
  expect((await client(alice, ['read:filters']).post(path, bees)).status).toBe(403)
  expect((await client(alice, ['write:filters']).post(path, bees)).status).toBe(200)
  expect((await client(alice, ['read:filters']).get(path)).status).toBe(200)
})
