import { cast } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'

test('STAT-30 TRIP-61 without a service there is no translation: 404, and 403 for what is not for everybody', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const [open, closed] = [await post(bob), await post(alice, { visibility: 'private' })]
  const ask = (id: string) => client(alice).post(`/api/v1/statuses/${id}/translate`, { lang: 'de' })
  for (const [id, status] of [
    [open.id, 404],
    [closed.id, 403],
    ['1', 404],
  ] as const) {
    const reply = await ask(id)
    expect(reply.status).toBe(status)
    expectEntity('Error', reply.body)
  }
})

test('INST-25 TRIP-62 without a service the instance says so', async () => {
  const { body } = await client().get('/api/v2/instance')
  expect(body.configuration.translation).toEqual({ enabled: false })
  expect((await client().get('/api/v1/instance/translation_languages')).body).toEqual({})
})
