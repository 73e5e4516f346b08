import { recordWarning } from '#core/moderation/record-warning'
import { Report } from '#core/moderation/report.model'
import { notify } from '#core/notifications/notify'
import { cast, member, type Member, stranger } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { settle } from '#test/support/settle'

const path = '/api/v1/notifications'
type App = ReturnType<typeof client>

const follow = async (alice: Member, name: string) => {
  const { id: fromId } = await stranger(name)
  await notify(alice.ctx, [{ accountId: alice.account.id, kind: 'follow', fromId }])
}

const idsAt = async (app: App, query: string): Promise<string[]> =>
  (await app.get(path + query)).body.map(({ id }: { id: string }) => id)

test.each(['min_id', 'since_id'])(
  'PAGE-04: who asks again and again by %s for what is new gets it at once',
  async (cursor) => {
    const { alice } = await cast('alice')
    const app = client(alice)
    await follow(alice, 'one')
    const [last] = await idsAt(app, '')
    const query = `?${cursor}=${last}`
    for (let at = 0; at < 4; at += 1) expect(await idsAt(app, query)).toEqual([])
    await follow(alice, 'two')
    const found = await idsAt(app, query)
    expect(found).toHaveLength(1)
    for (let at = 0; at < 3; at += 1) expect(await idsAt(app, query)).toEqual(found)
    await follow(alice, 'three')
    expect(await idsAt(app, query)).toHaveLength(2)
  },
)

test('what a notification is about is shown as it is now', async () => {
  const alice = await member('alice', { user: { role: 'moderator' } })
  const bob = await member('bob')
  const app = client(alice)
  await client(bob).post('/api/v1/reports', { account_id: alice.account.id, comment: 'hm' })
  await settle()
  const isResolved = async () => (await app.get(path)).body[0].report.action_taken
  for (let at = 0; at < 4; at += 1) expect(await isResolved()).toBe(false)
  await Report.update({ resolvedAt: new Date() }, { where: { targetId: alice.account.id } })
  expect(await isResolved()).toBe(true)
  const warning = await recordWarning(alice.ctx, {
    accountId: alice.account.id,
    action: 'none',
    text: 'first',
  })
  await settle()
  const text = async () => (await app.get(path)).body[0].moderation_warning.text
  for (let at = 0; at < 4; at += 1) expect(await text()).toBe('first')
  await warning.update({ text: 'second' })
  expect(await text()).toBe('second')
})

test('NOTE-09: what was put aside is in the list at once when its sender is let in', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const app = client(alice)
  await app.patch('/api/v2/notifications/policy', { for_not_following: 'filter' })
  await post(bob, { mentions: [alice] })
  await settle()
  for (let at = 0; at < 4; at += 1) expect(await idsAt(app, '')).toEqual([])
  const [request] = (await app.get(`${path}/requests`)).body
  await app.post(`${path}/requests/${request.id}/accept`)
  await settle()
  expect(await idsAt(app, '')).toHaveLength(1)
})

test('PAGE-04: who asks again and again for what came after a post of the public timeline gets it at once', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const first = await post(alice)
  const newer = async (): Promise<string[]> =>
    (await app.get(`/api/v1/timelines/public?min_id=${first.id}`)).body.map(({ id }: { id: string }) => id)
  for (let at = 0; at < 4; at += 1) expect(await newer()).toEqual([])
  const second = await post(alice)
  expect(await newer()).toEqual([second.id])
})
