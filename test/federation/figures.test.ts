import { Setting } from '#core/instances/setting.model'
import { instanceFigures } from '#federation/figures'
import { member } from '#test/factories/account'

test('NodeInfo tells what the admins decided, and counts members who may log in', async () => {
  await Setting.bulkCreate([
    { key: 'title', value: 'Harbour' },
    { key: 'description', value: 'For friends' },
    { key: 'registrations', value: 'open' },
  ])
  await member('bea', { account: { postsCount: 3 } })
  await member('tom', { user: { confirmedAt: null } })
  expect(await instanceFigures()).toMatchObject({
    openRegistrations: true,
    users: { total: 1 },
    localPosts: 3,
    metadata: { nodeName: 'Harbour', nodeDescription: 'For friends' },
  })
})

test('a closed instance says so', async () => {
  await Setting.create({ key: 'registrations', value: 'closed' })
  expect((await instanceFigures()).openRegistrations).toBe(false)
})
