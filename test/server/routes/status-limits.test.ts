import { cast } from '#test/factories/account'
import { client } from '#test/support/client'

test('POST-22 RATE-07 more than 300 posts in three hours give 429, from whatever app', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  // What says nothing counts as well, and costs less.
  const send = async (body = { status: '' }) => (await client(alice).post('/api/v1/statuses', body)).status
  const answers = []
  for (let sent = 0; sent < 300; sent += 30)
    answers.push(...(await Promise.all(Array.from({ length: 30 }, () => send()))))
  expect(new Set(answers)).toEqual(new Set([422]))
  expect(await send({ status: 'one too many' })).toBe(429)
  expect((await client(bob).post('/api/v1/statuses', { status: 'fine' })).status).toBe(200)
})

test('TRIP-26 the address of a quoted post finds that post alone, not those that quote it', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const { body: original } = await client(alice).post('/api/v1/statuses', { status: 'the original' })
  await client(bob).post('/api/v1/statuses', { status: original.url, quoted_status_id: original.id })
  for (const address of [original.url, original.uri]) {
    const path = `/api/v2/search?resolve=true&type=statuses&q=${encodeURIComponent(address)}`
    const { body } = await client(bob).get(path)
    expect(body.statuses.map(({ id }: { id: string }) => id)).toEqual([original.id])
  }
})
