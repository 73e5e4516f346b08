import { createAnnouncement, type AnnouncementDraft } from '#core/announcements/create-announcement'
import { editAnnouncement } from '#core/announcements/edit-announcement'
import { publishAnnouncement } from '#core/announcements/publish-announcement'
import { turnAnnouncements } from '#core/announcements/turn-announcements'
import { withdrawAnnouncement } from '#core/announcements/withdraw-announcement'
import { Emoji } from '#core/media/emoji.model'
import { Medium } from '#core/media/medium.model'
import { postUrl } from '#core/addresses'
import { nowhere } from '#core/remote'
import { inSeconds, shiftClock } from '#platform/clock'
import { rows } from '#platform/db'
import { cast, member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { kith } from '#test/support/cli'
import { appClient, client, makeToken } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { countQueries } from '#test/support/count-queries'
import { settle } from '#test/support/settle'
import { closeAll, openSocket } from '#test/support/streams'

const path = '/api/v1/announcements'
const ctx = { actor: { kind: 'operator' } as const, remote: nowhere }

afterEach(() => {
  closeAll()
  shiftClock(0)
})

/** Tells everybody something. */
async function announce(text: string, draft: Partial<AnnouncementDraft> = {}): Promise<string> {
  const { id: announcementId } = await createAnnouncement(ctx, { text, ...draft })
  await publishAnnouncement(ctx, { announcementId })
  return announcementId
}

async function ownEmoji(shortcode: string): Promise<void> {
  const owner = await member(shortcode)
  const picture = await Medium.create({
    ownerId: owner.account.id,
    purpose: 'emoji',
    kind: 'image',
    state: 'ready',
    fileKey: `emoji/${shortcode}.png`,
  })
  await Emoji.create({ shortcode, mediumId: picture.id })
}

test('MISC-10 only what is published and has not ended is shown, the oldest first', async () => {
  const { alice } = await cast('alice')
  const first = await announce('One\ntwo')
  await createAnnouncement(ctx, { text: 'a draft' })
  const ended = await announce('over', { endsAt: inSeconds(3600) })
  await rows({}, `UPDATE announcements SET ends_at = now() WHERE id = $1`, [ended])
  const gone = await announce('gone')
  await withdrawAnnouncement(ctx, { announcementId: gone })
  const last = await announce('Tea', { startsAt: inSeconds(60), endsAt: inSeconds(3600), isAllDay: true })
  const { body, headers } = await client(alice, ['read:lists']).get(path)
  expectEntity('Array<Announcement>', body)
  expect(headers.get('link')).toBeNull()
  expect(body).toMatchObject([
    { id: first, content: '<p>One<br />two</p>', read: false, all_day: false, reactions: [] },
    { id: last, all_day: true, starts_at: expect.any(String), ends_at: expect.any(String) },
  ])
})

test('MISC-10 announcements are for members', async () => {
  expect((await client().get(path)).status).toBe(401)
  expect((await appClient().get(path)).status).toBe(422)
})

test('an announcement names the people, posts, hashtags and emojis it speaks of', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await ownEmoji('acorn')
  const [open, secret] = [await post(bob), await post(bob, { visibility: 'private' })]
  const [url, other] = [open, secret].map((each) => postUrl(each as never, bob.account as never))
  await announce(`@alice @nobody #Bees :acorn: ${url} ${other}`)
  const { body } = await client(alice).get(path)
  expectEntity('Array<Announcement>', body)
  expect(body[0]).toMatchObject({
    mentions: [{ id: alice.account.id, username: 'alice', acct: 'alice' }],
    statuses: [{ id: open.id, url }],
    tags: [{ name: 'Bees' }],
    emojis: [{ shortcode: 'acorn' }],
  })
})

test('MISC-10 dismissing marks as read, for oneself, as often as one likes', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const id = await announce('hello')
  for (let n = 0; n < 2; n += 1) {
    const done = await client(alice).post(`${path}/${id}/dismiss`)
    expect([done.status, done.body]).toEqual([200, {}])
  }
  expect((await client(alice).get(path)).body[0].read).toBe(true)
  expect((await client(bob).get(path)).body[0].read).toBe(false)
  const draft = await createAnnouncement(ctx, { text: 'a draft' })
  for (const unknown of ['77', 'x', draft.id])
    expect((await client(alice).post(`${path}/${unknown}/dismiss`)).status).toBe(404)
})

test('MISC-10 reactions are emojis or own codes, each once, at most eight different ones', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await ownEmoji('acorn')
  const id = await announce('hello')
  const at = (name: string, of = id) => `${path}/${of}/reactions/${encodeURIComponent(name)}`
  const app = client(alice)
  for (const name of ['🐝', '👍🏽', 'acorn']) expect((await app.put(at(name))).body).toEqual({})
  expect((await app.put(at('🐝'))).status).toBe(422)
  expect((await client(bob).patch(at('🐝'))).status).toBe(200)
  for (const wrong of ['nope', 'ab', '🐝🐝', ':acorn:', '1'])
    expect({ wrong, status: (await app.put(at(wrong))).status }).toEqual({ wrong, status: 422 })
  const { body } = await app.get(path)
  expectEntity('Array<Announcement>', body)
  expect(body[0].reactions).toMatchObject([
    { name: '🐝', count: 2, me: true },
    { name: '👍🏽', count: 1, me: true },
    { name: 'acorn', count: 1, me: true, url: expect.any(String), static_url: expect.any(String) },
  ])
  for (const name of ['🍎', '🍌', '🍇', '🍉', '🍒']) expect((await app.put(at(name))).status).toBe(200)
  expect((await app.put(at('🥝'))).status).toBe(422)
  expect((await client(bob).put(at('🍒'))).status).toBe(200)
  for (const status of [200, 404]) expect((await app.delete(at('🐝'))).status).toBe(status)
  expect((await client(bob).get(path)).body[0].reactions[2]).toMatchObject({ name: '🐝', count: 1, me: true })
  expect((await app.put(at('🐝', '77'))).status).toBe(404)
})

test('two reactions at one moment are not both the eighth', async () => {
  const id = await announce('hello')
  const people = await Promise.all(Array.from({ length: 12 }, (_, n) => member(`user${n}`)))
  const emojis = [...'🍎🍌🍇🍉🍒🥝🍋🍊🍐🍑🍍🥥']
  const answers = await Promise.all(
    people.map((one, n) => client(one).put(`${path}/${id}/reactions/${encodeURIComponent(emojis[n]!)}`)),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(8)
})

test('STRM-09 STRM-16 open streams hear of announcements, reactions and their end', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const opened = await openSocket('', { token: await makeToken(['read'], alice) })
  opened.say({ type: 'subscribe', stream: 'user' })
  await opened.done()
  const id = await announce('hello')
  await settle()
  const told = await opened.frames.next()
  expect([told.stream, told.event]).toEqual([['user'], 'announcement'])
  expectEntity('Announcement', JSON.parse(told.payload!))
  expect(JSON.parse(told.payload!)).not.toHaveProperty('read')
  for (const [method, count] of [
    ['put', 1],
    ['delete', 0],
  ] as const) {
    await client(bob)[method](`${path}/${id}/reactions/${encodeURIComponent('🐝')}`)
    const frame = await opened.frames.next()
    expectEntity('AnnouncementReaction', JSON.parse(frame.payload!))
    expect([frame.event, JSON.parse(frame.payload!)]).toEqual([
      'announcement.reaction',
      { name: '🐝', count, announcement_id: id },
    ])
  }
  await editAnnouncement(ctx, { announcementId: id, text: 'bye' })
  await settle()
  expect(JSON.parse((await opened.frames.next()).payload!).content).toBe('<p>bye</p>')
  await withdrawAnnouncement(ctx, { announcementId: id })
  await settle()
  expect(await opened.frames.next()).toMatchObject({ event: 'announcement.delete', payload: id })
})

test('announcements are published and end by themselves, at their time', async () => {
  const { alice } = await cast('alice')
  const count = async () => (await client(alice).get(path)).body.length
  await createAnnouncement(ctx, { text: 'later', scheduledAt: inSeconds(600) })
  await announce('soon over', { endsAt: inSeconds(1200) })
  await turnAnnouncements(ctx)
  expect(await count()).toBe(1)
  shiftClock(700_000)
  await turnAnnouncements(ctx)
  expect(await count()).toBe(2)
  shiftClock(1_300_000)
  await turnAnnouncements(ctx)
  expect(await count()).toBe(1)
})

test('the command line writes, publishes, changes and withdraws announcements', async () => {
  const { alice } = await cast('alice')
  const texts = async () =>
    (await client(alice).get(path)).body.map(({ content }: { content: string }) => content)
  const added = await kith('announcements', 'add', '--text', 'Tea at four', '--to', '2099-01-01T00:00Z')
  expect(added).toMatchObject({ code: 0, out: expect.stringMatching(/^Announcement \d+ is published/) })
  const [id = ''] = /\d+/.exec(added.out) ?? []
  await kith('announcements', 'edit', id, '--text', 'Tea at five')
  expect(await texts()).toEqual(['<p>Tea at five</p>'])
  await kith('announcements', 'withdraw', id)
  expect(await texts()).toEqual([])
  expect((await kith('announcements', 'add', '--text', 'x', '--draft')).out).toContain('is written')
  await kith('announcements', 'publish', id)
  expect(await texts()).toHaveLength(1)
  expect(JSON.parse((await kith('announcements', 'list', '--json')).out)).toHaveLength(2)
  expect((await kith('announcements', 'add', '--text', 'x', '--to', 'soon')).code).toBe(2)
  expect((await kith('announcements', 'publish', '77')).code).toBe(1)
})

test('only staff announces, and what it says is checked', async () => {
  const { alice } = await cast('alice')
  await expect(createAnnouncement(alice.ctx, { text: 'x' })).rejects.toThrow('not allowed')
  const dates = { startsAt: inSeconds(60), endsAt: inSeconds(30) }
  for (const draft of [{ text: ' ' }, { text: 'x'.repeat(5001) }, { text: 'x', ...dates }])
    await expect(createAnnouncement(ctx, draft)).rejects.toThrow('Validation failed')
})

test('announcements cost the same number of queries for one and for many', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const fill = async () => {
    const id = await announce('hello @alice #bees')
    await app.put(`${path}/${id}/reactions/${encodeURIComponent('🐝')}`)
  }
  await fill()
  const one = await countQueries(() => app.get(path))
  for (let n = 0; n < 6; n += 1) await fill()
  expect(await countQueries(() => app.get(path))).toBe(one)
})
