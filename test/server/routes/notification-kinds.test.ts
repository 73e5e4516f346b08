import { recordWarning } from '#core/moderation/record-warning'
import { notify } from '#core/notifications/notify'
import { recordSeverance } from '#core/relationships/record-severance'
import { member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { settle } from '#test/support/settle'

type Shown = { type: string }

test('NOTE-01 NOTE-13 TRIP-03: every kind is told with its subject, and explained to apps that do not know it', async () => {
  const alice = await member('alice', { user: { role: 'admin' } })
  const bob = await member('bob')
  const accountId = alice.account.id
  await recordSeverance(alice.ctx, {
    accountId,
    reason: 'domain_block',
    targetName: 'bad.example',
    followersCount: 2,
    followingCount: 0,
  })
  await recordWarning(alice.ctx, { accountId, action: 'silence', text: 'Please be kind.' })
  await client(bob).post('/api/v1/reports', { account_id: accountId, comment: 'hm' })
  await settle()
  await notify(alice.ctx, [
    { accountId, kind: 'annual_report', fromId: accountId, subjectId: '2026' },
    { accountId, kind: 'admin.sign_up', fromId: bob.account.id },
    { accountId, kind: 'quote', fromId: bob.account.id, postId: (await post(bob)).id },
    { accountId, kind: 'quoted_update', fromId: bob.account.id, postId: (await post(bob)).id },
  ])
  const known = ['admin.report', 'severed_relationships', 'moderation_warning', 'admin.sign_up']
  const { body: plain } = await client(alice).get('/api/v1/notifications')
  expectEntity('Array<Notification>', plain)
  const kinds = plain.map(({ type }: Shown) => type).sort()
  expect(kinds).toEqual([...known, 'annual_report', 'quote', 'quoted_update'].sort())
  expect(plain.filter((each: object) => 'fallback' in each)).toEqual([])
  const { body: grouped } = await client(alice).get(
    `/api/v2/notifications?supported_types[]=moderation_warning`,
  )
  expectEntity('GroupedNotificationsResults', grouped)
  const shown: Shown[] = grouped.notification_groups
  const explained = shown.filter((each) => 'fallback' in each).map(({ type }) => type)
  expect(explained.sort()).toEqual(['admin.report', 'admin.sign_up', 'severed_relationships'])
  const { body: single } = await client(alice).get(
    `/api/v1/notifications/${plain.find(({ type }: Shown) => type === 'severed_relationships').id}?supported_types[]=x`,
  )
  expectEntity('Notification', single)
  expect(single).toMatchObject({
    event: { type: 'domain_block', target_name: 'bad.example', followers_count: 2, following_count: 0 },
    fallback: { title: 'You have lost connections' },
  })
})
