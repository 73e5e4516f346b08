import { Account } from '#core/accounts/account.model'
import { notify } from '#core/notifications/notify'
import { Notification } from '#core/notifications/notification.model'
import { shiftClock } from '#platform/clock'
import { rows } from '#platform/db'
import { cast, member, type Member, stranger } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { countQueries } from '#test/support/count-queries'
import { settle } from '#test/support/settle'

const path = '/api/v2/notifications'
const HOUR = 3_600_000
type Shown = {
  group_key: string
  type: string
  notifications_count: number
  page_min_id: string
  page_max_id: string
  sample_account_ids: string[]
}

afterEach(() => shiftClock(0))

/** People elsewhere who do something to `alice`, one after the other. */
async function crowd(alice: Member, count: number, act: (fromId: string) => Parameters<typeof notify>[1][0]) {
  const ids: string[] = []
  for (let at = 0; at < count; at += 1) {
    const { id } = await stranger(`fan${at}_${Math.random().toString(36).slice(2, 8)}`)
    ids.push(id)
    await notify(alice.ctx, [act(id)])
  }
  return ids
}

const liker =
  (alice: Member, postId: string, kind = 'favourite') =>
  (fromId: string) => ({ accountId: alice.account.id, kind, fromId, postId })
const follower = (alice: Member) => (fromId: string) => ({
  accountId: alice.account.id,
  kind: 'follow',
  fromId,
})

async function groups(alice: Member, query = ''): Promise<Shown[]> {
  const { body } = await client(alice).get(path + query)
  expectEntity('GroupedNotificationsResults', body)
  return body.notification_groups
}

/** Three favourites of one post, a mention, two boosts of it, two follows; oldest first. */
async function mixture(alice: Member) {
  const mine = await post(alice)
  const bob = await member('bob')
  const likers = await crowd(alice, 3, liker(alice, mine.id))
  const named = await post(bob, { mentions: [alice] })
  await settle()
  const boosters = await crowd(alice, 2, liker(alice, mine.id, 'reblog'))
  const followers = await crowd(alice, 2, follower(alice))
  return { mine, bob, named, likers, boosters, followers }
}

test('NOTE-14 NOTE-17 NOTE-19 TRIP-08 TRIP-16: favourites, boosts and follows stand in groups, all else alone', async () => {
  const { alice } = await cast('alice')
  const { mine, bob, named, likers, boosters, followers } = await mixture(alice)
  const { body } = await client(alice).get(path)
  expectEntity('GroupedNotificationsResults', body)
  const shown = body.notification_groups
  expect(shown.map(({ type, notifications_count }: Shown) => [type, notifications_count])).toEqual([
    ['follow', 2],
    ['reblog', 2],
    ['mention', 1],
    ['favourite', 3],
  ])
  expect(shown[3]).toMatchObject({ status_id: mine.id, sample_account_ids: likers.toReversed() })
  expect(shown[2]).toMatchObject({ status_id: named.id, sample_account_ids: [bob.account.id] })
  expect(shown[2].group_key).toBe(`ungrouped-${shown[2].page_max_id}`)
  expect(String(shown[3].most_recent_notification_id)).toBe(shown[3].page_max_id)
  expect(Number.isSafeInteger(shown[3].most_recent_notification_id)).toBe(true)
  const ids = body.accounts.map(({ id }: { id: string }) => id)
  expect(ids.sort()).toEqual([...likers, ...boosters, ...followers, bob.account.id].sort())
  expect(body.statuses.map(({ id }: { id: string }) => id).sort()).toEqual([mine.id, named.id].sort())
})

test('NOTE-15 NOTE-21 ID-04: the key of a group is safe in addresses and the same in both versions of the API', async () => {
  const { alice } = await cast('alice')
  await mixture(alice)
  const keys = (await groups(alice)).map(({ group_key }) => group_key)
  for (const key of keys) expect(encodeURIComponent(key)).toBe(key)
  const { body } = await client(alice).get('/api/v1/notifications')
  expect([...new Set(body.map(({ group_key }: Shown) => group_key))]).toEqual(keys)
  // Small enough for a JSON number, which push messages and some apps make of them.
  for (const { id } of body) expect(String(Number(id))).toBe(id)
})

test('NOTE-15 NOTE-18: a new group begins after twelve hours; a count ends with its page', async () => {
  const { alice } = await cast('alice')
  const mine = await post(alice)
  await crowd(alice, 2, liker(alice, mine.id))
  shiftClock(13 * HOUR)
  await crowd(alice, 10, liker(alice, mine.id))
  const shown = await groups(alice)
  expect(shown.map(({ notifications_count }) => notifications_count)).toEqual([10, 2])
  expect(shown[0]!.sample_account_ids).toHaveLength(8)
  const middle = (BigInt(shown[0]!.page_max_id) - 4n).toString()
  const [older] = await groups(alice, `?max_id=${middle}`)
  expect(older).toMatchObject({ notifications_count: 5, group_key: shown[0]!.group_key })
})

test('NOTE-16: grouped_types says which kinds are grouped, the others come single', async () => {
  const { alice } = await cast('alice')
  await mixture(alice)
  const shown = await groups(alice, '?grouped_types[]=favourite&grouped_types[]=odd')
  expect(shown.map(({ type, notifications_count }) => [type, notifications_count])).toEqual([
    ['follow', 1],
    ['follow', 1],
    ['reblog', 1],
    ['reblog', 1],
    ['mention', 1],
    ['favourite', 3],
  ])
  expect(shown[0]!.group_key).toBe(`ungrouped-${shown[0]!.page_max_id}`)
})

test('NOTE-17 PAGE-06: pages of groups follow one another to the end and back; the limit counts groups', async () => {
  const { alice } = await cast('alice')
  await mixture(alice)
  const app = client(alice)
  const all = await groups(alice)
  const seen: string[] = []
  let last: string | null = null
  for (let next: string | undefined = `${path}?limit=1`; next;) {
    const { body, headers } = await app.get(next)
    expect(body.notification_groups.length).toBeLessThanOrEqual(1)
    seen.push(...body.notification_groups.map(({ group_key }: Shown) => group_key))
    last = headers.get('link') ?? last
    const link: string | undefined = /<[^>]+(\/api[^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]
    next = link
  }
  // A group that goes on beyond its page comes again there.
  expect([...new Set(seen)]).toEqual(all.map(({ group_key }) => group_key))
  expect(last).toContain('rel="prev"')
  const oldest = all.at(-1)!.page_min_id
  const { body } = await app.get(`${path}?limit=2&min_id=${oldest}`)
  expect(body.notification_groups.map(({ type }: Shown) => type)).toEqual(['mention', 'favourite'])
  expect((await groups(alice, `?since_id=${oldest}`)).map(({ type }) => type)).toEqual(
    all.map(({ type }) => type),
  )
})

test('NOTE-20: partial avatars give one account of each group in full; anything else is refused with 400', async () => {
  const { alice } = await cast('alice')
  const { likers } = await mixture(alice)
  const { body } = await client(alice).get(`${path}?expand_accounts=partial_avatars`)
  expectEntity('GroupedNotificationsResults', body)
  const [full, partial] = [body.accounts, body.partial_accounts].map((list: { id: string }[]) =>
    list.map(({ id }) => id),
  )
  const wanted = body.notification_groups.flatMap((group: Shown) => group.sample_account_ids)
  expect([...full!, ...partial!].sort()).toEqual([...new Set<string>(wanted)].sort())
  expect(full).toHaveLength(4)
  expect(partial).toEqual(expect.arrayContaining(likers.slice(0, 2)))
  expect((await client(alice).get(`${path}?expand_accounts=full`)).body.partial_accounts).toBeUndefined()
  const refused = await client(alice).get(`${path}?expand_accounts=everything`)
  expect(refused.status).toBe(400)
  expectEntity('Error', refused.body)
})

test('NOTE-11: a group is shown, read and dismissed by its key, which may be unknown', async () => {
  const { alice } = await cast('alice')
  const { likers } = await mixture(alice)
  const app = client(alice)
  const [, , mention, favourite] = await groups(alice)
  for (const { group_key: key, type } of [mention!, favourite!]) {
    const { body } = await app.get(`${path}/${key}`)
    expectEntity('GroupedNotificationsResults', body)
    expect(body.notification_groups).toMatchObject([{ group_key: key, type }])
    expect(body.notification_groups[0].page_min_id).toBeUndefined()
  }
  const first = await app.get(`${path}/${favourite!.group_key}/accounts?limit=2`)
  expectEntity('Array<Account>', first.body)
  expect(first.body.map(({ id }: { id: string }) => id)).toEqual(likers.toReversed().slice(0, 2))
  const next = /<[^>]+(\/api[^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')![1]!
  expect((await app.get(next)).body.map(({ id }: { id: string }) => id)).toEqual(likers.slice(0, 1))
  expect((await app.get(`${path}/odd/accounts`)).body).toEqual([])
  expect((await app.post(`${path}/${favourite!.group_key}/dismiss`)).body).toEqual({})
  expect((await app.post(`${path}/${favourite!.group_key}/dismiss`)).status).toBe(200)
  expect((await app.post(`${path}/${mention!.group_key}/dismiss`)).status).toBe(200)
  expect((await app.get(`${path}/${favourite!.group_key}`)).status).toBe(404)
  expect((await groups(alice)).map(({ type }) => type)).toEqual(['follow', 'reblog'])
  const { bob } = { bob: client(await member('eve')) }
  expect((await bob.get(`${path}/${(await groups(alice))[0]!.group_key}`)).status).toBe(404)
  expect((await app.post(`${path}/clear`)).body).toEqual({})
  expect(await Notification.count({ where: { accountId: alice.account.id } })).toBe(0)
})

test('NOTE-12: groups that are newer than the marker are unread, up to the limit', async () => {
  const { alice } = await cast('alice')
  await mixture(alice)
  const app = client(alice)
  const unread = async (query = '') => {
    const { body } = await app.get(`${path}/unread_count${query}`)
    expectEntity('UnreadCount', body)
    return body.count
  }
  expect(await unread()).toBe(4)
  expect(await unread('?limit=3')).toBe(3)
  expect(await unread('?grouped_types[]=follow')).toBe(7)
  expect(await unread('?types[]=follow&types[]=reblog')).toBe(2)
  await app.post('/api/v1/markers', {
    notifications: { last_read_id: (await groups(alice))[1]!.page_max_id },
  })
  expect(await unread()).toBe(1)
})

test('NOTE-04 TRIP-27: both versions tell of the same events', async () => {
  const { alice } = await cast('alice')
  await mixture(alice)
  const { body } = await client(alice).get('/api/v1/notifications')
  const shown = await groups(alice, '?grouped_types[]=none')
  expect(shown.map(({ page_max_id }) => page_max_id)).toEqual(body.map(({ id }: { id: string }) => id))
})

test('NOTE-22 TRIP-01: what is gone or suspended meanwhile leaves no group behind that could not be read', async () => {
  const { alice } = await cast('alice')
  const { mine, likers } = await mixture(alice)
  await Account.update({ suspendedAt: new Date() }, { where: { id: likers[2]! } })
  const last = (await groups(alice)).at(-1)!
  expect(last).toMatchObject({ type: 'favourite', sample_account_ids: [likers[1], likers[0]] })
  await mine.destroy()
  expect((await groups(alice)).map(({ type }) => type)).toEqual(['follow', 'mention'])
})

test('the number of queries of a page does not depend on how many groups it has', async () => {
  const { alice } = await cast('alice')
  for (let at = 0; at < 12; at += 1) {
    const mine = await post(alice)
    await crowd(alice, 2, liker(alice, mine.id))
  }
  const app = client(alice)
  await app.get(path)
  const few = await countQueries(() => app.get(`${path}?limit=2`))
  expect(await countQueries(() => app.get(`${path}?limit=12`))).toBe(few)
})

test('PAGE-24 PAGE-28: pages hold 40 and at most 80, unread counts go to 100 and at most to 1,000', async () => {
  const { alice } = await cast('alice')
  await rows(
    {},
    `INSERT INTO accounts (username, domain, uri) SELECT 'u' || n, 'remote.example', 'https://remote.example/' || n
     FROM generate_series(1, 1100) AS n`,
  )
  await rows(
    {},
    `INSERT INTO notifications (account_id, kind, from_id)
     SELECT $1, 'follow_request', id FROM accounts WHERE domain IS NOT NULL`,
    [alice.account.id],
  )
  const app = client(alice)
  for (const version of ['v1', 'v2']) {
    const base = `/api/${version}/notifications`
    const unread = async (query: string) => (await app.get(`${base}/unread_count${query}`)).body.count
    expect([version, await unread(''), await unread('?limit=5000')]).toEqual([version, 100, 1000])
    const page = async (query: string) => {
      const { body } = await app.get(base + query)
      return (body.notification_groups ?? body).length
    }
    expect([version, await page(''), await page('?limit=500')]).toEqual([version, 40, 80])
  }
})
