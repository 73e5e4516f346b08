import { Filter } from '#core/filters/filter.model'
import { cast } from '#test/factories/account'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'

const old = '/api/v1/filters'
const path = '/api/v2/filters'

test('FILT-08 HTTP-20 a filter of v1 is one keyword with the contexts of its filter, and is deprecated', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const made = await app.post(old, { phrase: 'bees', context: ['home', 'thread'], expires_in: 600 })
  expectEntity('V1::Filter', made.body)
  expect(made.body).toMatchObject({ phrase: 'bees', context: ['home', 'thread'], whole_word: false })
  expect(made.body.irreversible).toBe(false)
  expect(made.headers.get('deprecation')).toBe('@1668384000')
  const hiding = (
    await app.post(
      old,
      new URLSearchParams([
        ['phrase', 'wasps'],
        ['context[]', 'public'],
        ['irreversible', 'true'],
        ['whole_word', 'true'],
      ]),
    )
  ).body
  expect(hiding).toMatchObject({ irreversible: true, whole_word: true, expires_at: null })
  const filters = (await app.get(path)).body
  expect(filters).toMatchObject([
    { title: 'bees', filter_action: 'warn', keywords: [{ id: made.body.id, keyword: 'bees' }] },
    { title: 'wasps', filter_action: 'hide', keywords: [{ id: hiding.id }] },
  ])
  const list = await app.get(old)
  expectEntity('Array<V1::Filter>', list.body)
  expect(list.body).toEqual([made.body, hiding])
  expect(list.headers.get('deprecation')).toBe('@1668384000')
  expect((await app.get(`${old}/${hiding.id}`)).body).toEqual(hiding)
})

test('FILT-08 a change in v1 changes the keyword and its filter', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const { id } = (await app.post(old, { phrase: 'bees', context: ['home'] })).body
  for (const verb of ['put', 'patch'] as const) {
    const { status, body } = await app[verb](`${old}/${id}`, {
      phrase: 'wasps',
      context: ['public'],
      irreversible: true,
      whole_word: true,
      expires_in: 60,
    })
    expect(status).toBe(200)
    expectEntity('V1::Filter', body)
    expect(body).toMatchObject({
      id,
      phrase: 'wasps',
      context: ['public'],
      irreversible: true,
      whole_word: true,
    })
    expect(body.expires_at).not.toBeNull()
  }
  const wrong = [{ phrase: ' ' }, { context: ['nowhere'] }, { context: [] }]
  for (const each of wrong) expect((await app.put(`${old}/${id}`, each)).status).toBe(422)
  for (const each of [{ context: ['home'] }, { phrase: 'x' }])
    expect((await app.post(old, each)).status).toBe(422)
})

test('FILT-08 a change that would touch other keywords is refused, one of the word alone is not', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const keywords = [{ keyword: 'one' }, { keyword: 'two' }]
  const filter = (await app.post(path, { title: 'x', context: ['home'], keywords_attributes: keywords })).body
  const one = `${old}/${filter.keywords[0].id}`
  for (const change of [{ context: ['public'] }, { irreversible: true }, { expires_in: 60 }])
    expect((await app.put(one, { phrase: 'uno', ...change })).status).toBe(422)
  expect((await app.get(one)).body.phrase).toBe('one')
  const same = { phrase: 'uno', context: ['home'], irreversible: false, expires_in: null }
  expect((await app.put(one, same)).body).toMatchObject({ phrase: 'uno', context: ['home'] })
  expect((await app.delete(one)).body).toEqual({})
  expect((await app.get(path)).body).toMatchObject([{ keywords: [{ keyword: 'two' }] }])
})

test('FILT-08 the last keyword takes its filter along, and others have nothing to do with it', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const { id } = (await client(alice).post(old, { phrase: 'bees', context: ['home'] })).body
  const one = `${old}/${id}`
  const other = client(bob)
  for (const reply of [await other.get(one), await other.put(one, { phrase: 'x' }), await other.delete(one)])
    expect(reply.status).toBe(404)
  expect((await client(alice).delete(one)).status).toBe(200)
  expect(await Filter.count()).toBe(0)
  expect((await client(alice).get(old)).body).toEqual([])
})
