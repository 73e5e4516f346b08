import { acceptRequests } from '#core/notifications/accept-requests'
import { dismissGroup } from '#core/notifications/dismiss-group'
import { accountsOfGroup, countUnreadGroups, groupOf, groupsOf } from '#core/notifications/group.queries'
import { mergeNotifications } from '#core/notifications/merge-notifications'
import { countUnread, notificationOf, notificationsOf } from '#core/notifications/notification.queries'
import { notify } from '#core/notifications/notify'
import { areMerged, pendingOf, requestOf, requestsOf } from '#core/notifications/request.queries'
import { withdrawOfFollow } from '#core/notifications/withdraw-notifications'
import type { Ctx } from '#core/ctx'
import { rows } from '#platform/db'
import { cast } from '#test/factories/account'
import { runsOf } from '#test/support/plans'

// Ids of accounts are made in bursts; their names are numbered in a row.
const number = `('0' || regexp_replace(a.username, '[^0-9]', '', 'g'))::int`

/** 60,000 notifications of 300 people, half of them one member's: some put aside, most in groups. */
async function seed(accountId: string): Promise<void> {
  for (const each of [
    `INSERT INTO accounts (username, domain, uri) SELECT 'u' || n, 'remote.example', 'https://remote.example/' || n
     FROM generate_series(1, 300) AS n`,
    `WITH people AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM accounts)
     INSERT INTO posts (id, author_id, thread_id, visibility, html)
     SELECT 1000 + s.n, ${accountId}, 1000 + s.n, 'public', 'x'
     FROM generate_series(1, 2000) AS s (n) JOIN people ON people.n = 1 + s.n % 300`,
    `INSERT INTO notifications (account_id, kind, from_id, post_id, group_key, is_filtered)
     SELECT CASE WHEN p.id % 2 = 0 THEN ${accountId} ELSE a.id END, CASE WHEN p.id % 7 = 0 THEN 'mention' ELSE 'favourite' END,
       a.id, p.id, CASE WHEN p.id % 7 > 0 THEN 'favourite-' || p.id || '-1' END, p.id % 28 = 0
     FROM posts AS p JOIN accounts AS a ON a.domain IS NOT NULL AND ${number} % 10 = p.id % 10
     ORDER BY p.id`,
    `INSERT INTO notifications (account_id, kind, from_id, post_id)
     SELECT a.id, 'status', p.author_id, p.id
     FROM posts AS p JOIN accounts AS a ON a.domain IS NOT NULL AND ${number} % 20 = p.id % 20`,
    `INSERT INTO notification_requests (account_id, from_id) SELECT ${accountId}, id FROM accounts WHERE domain IS NOT NULL`,
    `INSERT INTO notification_requests (account_id, from_id)
     SELECT a.id, b.id FROM accounts AS a JOIN accounts AS b ON (a.id + b.id) % 10 = 0 AND a.id <> b.id ON CONFLICT DO NOTHING`,
    `INSERT INTO notification_permissions (account_id, from_id, merged_at)
     SELECT a.id, b.id, now() FROM accounts AS a JOIN accounts AS b ON (a.id + b.id) % 10 = 1`,
    `INSERT INTO blocks (blocker_id, blocked_id)
     SELECT a.id, b.id FROM accounts AS a JOIN accounts AS b ON (a.id + b.id) % 10 = 2 AND a.domain IS NOT NULL`,
    'ANALYZE',
  ])
    await rows({}, each)
}

async function readAll(ctx: Ctx, accountId: string, fromId: string): Promise<void> {
  const all = { accountId }
  for (const more of [{}, { max_id: '15000' }, { min_id: '15000' }, { since_id: '15000' }]) {
    const cursors = { limit: 20, ...more }
    await notificationsOf(ctx, all, cursors)
    await notificationsOf(ctx, { ...all, kinds: ['mention'] }, cursors)
    await notificationsOf(ctx, { ...all, kinds: ['mention', 'favourite'] }, cursors)
    await notificationsOf(ctx, { ...all, exceptKinds: ['mention'] }, cursors)
    await notificationsOf(ctx, { ...all, fromId }, cursors)
    await notificationsOf(ctx, { ...all, withFiltered: true }, cursors)
    // Of kinds that are rare, or that nobody told them of.
    await notificationsOf(ctx, { ...all, exceptKinds: ['mention', 'favourite'] }, cursors)
    await notificationsOf(ctx, { ...all, kinds: ['follow', 'poll'], withFiltered: true }, cursors)
    await groupsOf(ctx, { ...all, exceptKinds: ['favourite'] }, cursors)
    await groupsOf(ctx, all, cursors)
    await groupsOf(ctx, { ...all, withFiltered: true, groupedKinds: ['favourite'] }, cursors)
    await accountsOfGroup(ctx, { accountId, key: 'favourite-2500-1', cursors })
  }
  await notificationOf(ctx, accountId, '15000')
  await groupOf(ctx, accountId, 'favourite-2500-1')
  await groupOf(ctx, accountId, 'ungrouped-15000')
  await countUnread(ctx, all, 100)
  await countUnreadGroups(ctx, all, 40)
  await withdrawOfFollow(ctx, { followId: '1', followerId: fromId, followedId: accountId, uri: null })
}

test('no query about notifications reads a table from end to end, or many rows for nothing', async () => {
  const { alice } = await cast('alice')
  const { ctx } = alice
  const accountId = alice.account.id
  await seed(accountId)
  const [from] = await rows<{ id: string }>({}, 'SELECT id FROM accounts WHERE domain IS NOT NULL LIMIT 1')
  const fromId = from!.id
  const runs = await runsOf(async () => {
    await readAll(ctx, accountId, fromId)
    const requests = await requestsOf(ctx, accountId, { limit: 20 })
    await requestOf(ctx, accountId, requests[0]!.id)
    await pendingOf(ctx, accountId)
    await areMerged(ctx, accountId)
    await acceptRequests(ctx, { requestIds: [requests[0]!.id] })
    await mergeNotifications(ctx, { accountId, fromId })
    await dismissGroup(ctx, { key: 'favourite-2500-1' })
    await notify(ctx, [{ accountId, kind: 'favourite', fromId, postId: '1001' }])
  })
  const large = /Seq Scan on (notifications|posts|notification_requests|notification_permissions|blocks)\b/
  expect(runs.length).toBeGreaterThan(20)
  expect(runs.filter(({ plan }) => large.test(plan)).map(({ sql, plan }) => `${sql}\n${plan}`)).toEqual([])
  expect(runs.filter(({ wasted }) => wasted > 1000)).toEqual([])
})
