import { cast, type Member } from '#test/factories/account'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { settle } from '#test/support/settle'

let alice: Member
let bob: Member
let originalId: string

const rule = { always: ['author'], with_approval: ['public'] }

beforeEach(async () => {
  ;({ alice, bob } = await cast('alice', 'bob'))
  const { body } = await client(alice).post('/api/v1/statuses', {
    status: 'mine',
    interaction_policy: { can_reply: rule, can_favourite: rule, can_reblog: rule },
  })
  originalId = body.id
})

const read = async (query = '') => {
  await settle()
  return (await client(alice).get(`/api/v1/notifications${query}`)).body
}
/** Bob replies to it, likes and boosts it. */
async function interact(): Promise<void> {
  const app = client(bob)
  await app.post('/api/v1/statuses', { status: 'well', in_reply_to_id: originalId })
  await app.post(`/api/v1/statuses/${originalId}/favourite`)
  await app.post(`/api/v1/statuses/${originalId}/reblog`)
}
const types = (told: { type: string }[]) => told.map(({ type }) => type).toSorted()
const pending = ['pending.favourite', 'pending.reblog', 'pending.reply']

test('client extensions 4.13: what waits for a yes is told, with the request, and with what plain apps show', async () => {
  await interact()
  const told = await read()
  expect(types(told)).toEqual(pending)
  for (const each of told) {
    expectEntity('Notification', each)
    expect(each).toMatchObject({
      account: { acct: 'bob' },
      status: { id: originalId },
      interaction_request: { type: each.type.replace('pending.', ''), account: { acct: 'bob' } },
      fallback: { title: expect.stringContaining('Somebody asks to') },
    })
  }
  const reply = told.find(({ type }: { type: string }) => type === 'pending.reply')
  expect(reply.interaction_request.reply).toMatchObject({ content: '<p>well</p>' })
  const [named, ...more] = await read('?types[]=pending.favourite')
  expect([named.type, more]).toEqual(['pending.favourite', []])
  expect(named.fallback).toBeUndefined()
  expect(
    types(await read(pending.map((type, at) => `${at ? '&' : '?'}exclude_types[]=${type}`).join(''))),
  ).toEqual([])
  const { body } = await client(alice).get('/api/v2/notifications')
  expectEntity('GroupedNotificationsResults', body)
  expect(types(body.notification_groups)).toEqual(pending)
})

test('client extensions 4.13: what was answered or taken back is told no more', async () => {
  await interact()
  const told = await read()
  await client(bob).post(`/api/v1/statuses/${originalId}/unreblog`)
  expect(types(await read())).toEqual(['pending.favourite', 'pending.reply'])
  expect((await client(alice).get('/api/v1/notifications/unread_count')).body).toEqual({ count: 2 })
  for (const { type, interaction_request: request } of told) {
    if (type === 'pending.reblog') continue
    const verb = type === 'pending.reply' ? 'reject' : 'authorize'
    expect((await client(alice).post(`/api/v1/interaction_requests/${request.id}/${verb}`)).status).toBe(200)
  }
  expect(types(await read())).toEqual(['favourite'])
})

test('client extensions 4.13: a reply that is deleted waits no more, and a public one is told as a mention once it has its yes', async () => {
  const { body } = await client(bob).post('/api/v1/statuses', {
    status: '@alice well',
    in_reply_to_id: originalId,
  })
  const [asked] = await read()
  await client(alice).post(`/api/v1/interaction_requests/${asked.interaction_request.id}/authorize`)
  expect(types(await read())).toEqual(['mention'])
  const { body: second } = await client(bob).post('/api/v1/statuses', {
    status: 'again',
    in_reply_to_id: originalId,
  })
  expect(types(await read())).toEqual(['mention', 'pending.reply'])
  await client(bob).delete(`/api/v1/statuses/${second.id}`)
  expect((await read()).map(({ status }: { status: { id: string } }) => status.id)).toEqual([body.id])
  expect((await client(alice).get('/api/v1/notifications/unread_count')).body).toEqual({ count: 1 })
})

test('NOTE-05: who is muted with their notifications asks in silence', async () => {
  await client(alice).post(`/api/v1/accounts/${bob.account.id}/mute`, { notifications: true })
  await interact()
  expect(await read()).toEqual([])
  expect((await client(alice).get('/api/v1/interaction_requests')).body).toHaveLength(3)
})
