import { createFilter } from '#core/filters/create-filter'
import { as, cast } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { client, request } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { settle } from '#test/support/settle'

type Shown = { filtered: unknown; poll: { voted: unknown; own_votes: unknown } | null; reblog: Shown | null }

test('TRIP-19 filtered is a list and voted a boolean in every post of a member, and actions are words that apps know', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const app = client(alice)
  await follow(alice, bob)
  const poll = { options: ['bees', 'wasps'], isMultiple: false, expiresAt: null }
  const note = await post(bob, { poll, mentions: [alice] })
  await app.post(`/api/v1/statuses/${note.id}/reblog`)
  await app.post(`/api/v1/statuses/${note.id}/bookmark`)
  for (const action of ['warn', 'hide', 'blur'])
    await as(alice, createFilter, {
      title: action,
      contexts: ['home'],
      action,
      keywords: [{ keyword: 'bees' }],
    })
  const lists = ['timelines/home', 'timelines/public', `accounts/${bob.account.id}/statuses`, 'bookmarks']
  for (const path of lists) {
    const { body } = await app.get(`/api/v1/${path}`)
    expect(body.length).toBeGreaterThan(0)
    expectEntity('Array<Status::SignedIn>', body)
    for (const each of (body as Shown[]).flatMap((one) => (one.reblog ? [one, one.reblog] : [one]))) {
      expect(each.filtered).toMatchObject([
        { filter: { filter_action: 'warn' } },
        { filter: { filter_action: 'hide' } },
        { filter: { filter_action: 'blur' } },
      ])
      if (each.poll) expect(each.poll).toMatchObject({ voted: false, own_votes: [] })
    }
  }
  const { configuration } = (await request('GET', '/api/v2/instance')).body
  expect(Array.isArray(configuration.media_attachments.supported_mime_types)).toBe(true)
  const found = async (offset: number) =>
    (await app.get(`/api/v2/search?q=bob&type=accounts&offset=${offset}`)).body.accounts
  expect([(await found(0)).length, (await found(1)).length]).toEqual([1, 0])
})

test('FILT-07 filtered stands with posts in notifications, groups, conversations and quotes too', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const app = client(alice)
  await as(alice, createFilter, { title: 'x', contexts: ['notifications'], keywords: [{ keyword: 'bees' }] })
  await follow(alice, bob)
  const direct = await post(bob, { text: 'bees', visibility: 'direct', mentions: [alice] })
  const note = await post(bob, { text: 'more bees' })
  const quoting = (
    await client(bob).post('/api/v1/statuses', { status: '@alice look', quoted_status_id: note.id })
  ).body
  await settle()
  const matched = [{ keyword_matches: ['bees'] }]
  const single = (await app.get('/api/v1/notifications')).body
  const told = single.find(({ status }: { status: { id: string } }) => status.id === direct.id)
  expect(told.status.filtered).toMatchObject(matched)
  const grouped = (await app.get('/api/v2/notifications')).body
  const shown = grouped.statuses.find(({ id }: { id: string }) => id === direct.id)
  expect(shown.filtered).toMatchObject(matched)
  expect((await app.get('/api/v1/conversations')).body[0].last_status.filtered).toMatchObject(matched)
  const status = (await app.get(`/api/v1/statuses/${quoting.id}`)).body
  expect([status.filtered, status.quote.quoted_status.filtered]).toMatchObject([[], matched])
})
