import type { Account } from '#core/accounts/account.model'
import { GroupRole } from '#core/groups/group-role.model'
import { answerRequest } from '#core/groups/answer-request'
import { forgetPages } from '#server/serializers/kept-pages'
import { schemas } from '#server/openapi/components'
import { as, cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { group } from '#test/factories/group'
import { client } from '#test/support/client'
import { countQueries } from '#test/support/count-queries'
import { settle } from '#test/support/settle'

let alice: Member
let bob: Member
let carol: Member
let tea: Account

beforeEach(async () => {
  ;({ alice, bob, carol } = await cast('alice', 'bob', 'carol'))
  tea = await group(alice, { isLocked: true })
  await follow(carol, tea)
  await GroupRole.create({ groupId: tea.id, accountId: carol.account.id, role: 'moderator' })
})

const told = async (who: Member) => {
  await settle()
  return (await client(who).get('/api/v1/notifications?types[]=follow_request')).body
}
const ask = () => client(bob).post(`/api/v1/groups/${tea.id}/join`)

test('groups-09: who moderates a locked group is told of each request to join it, as apps tell of one to follow', async () => {
  await ask()
  for (const each of [alice, carol])
    expect(await told(each)).toMatchObject([
      {
        type: 'follow_request',
        account: { id: bob.account.id },
        group: { id: tea.id, display_name: 'Tea', locked: true },
      },
    ])
  expect(await told(bob)).toEqual([])
  // What one of them answers is a question to nobody any more.
  await as(carol, answerRequest, { groupId: tea.id, accountId: bob.account.id, isAccepted: true })
  for (const each of [alice, carol]) expect(await told(each)).toEqual([])
})

test('groups-09: a request that is taken back is told to nobody any more, and one to the moderator in person stays', async () => {
  await alice.account.update({ isLocked: true })
  await client(bob).post(`/api/v1/accounts/${alice.account.id}/follow`)
  await ask()
  expect(await told(alice)).toHaveLength(2)
  await client(bob).post(`/api/v1/groups/${tea.id}/leave`)
  expect(await told(carol)).toEqual([])
  expect(await told(alice)).toMatchObject([{ account: { id: bob.account.id } }])
  expect((await told(alice))[0].group).toBeUndefined()
})

test('client extensions 4.8: the buttons that apps show beside a request let somebody into a group, or do not', async () => {
  const answer = (who: Member, how: string) =>
    client(who).post(`/api/v1/follow_requests/${bob.account.id}/${how}`)
  const belongs = async () => (await client(bob).get(`/api/v1/groups/relationships?id[]=${tea.id}`)).body[0]
  await ask()
  expect((await answer(bob, 'authorize')).status).toBe(404)
  expect((await answer(carol, 'reject')).body.id).toBe(bob.account.id)
  expect(await belongs()).toMatchObject({ member: false, requested: false })
  expect((await answer(carol, 'reject')).status).toBe(404)
  await ask()
  await alice.account.update({ isLocked: true })
  await client(bob).post(`/api/v1/accounts/${alice.account.id}/follow`)
  // Who is asked in person answers that first.
  expect((await answer(alice, 'authorize')).body.followed_by).toBe(true)
  expect(await belongs()).toMatchObject({ member: false, requested: true })
  expect((await answer(alice, 'authorize')).status).toBe(200)
  expect(await belongs()).toMatchObject({ member: true })
})

test('client extensions 4.8: a post in a group carries the group, and so does the boost by it', async () => {
  await follow(bob, tea)
  const { body } = await client(bob).post('/api/v1/statuses', { status: '@tea is it hot?' })
  expect(body.group).toBeUndefined()
  await settle()
  const shown = (await client(alice).get(`/api/v1/statuses/${body.id}`)).body
  expect(shown.group).toMatchObject({ id: tea.id, slug: 'tea' })
  expect(Object.keys(shown.group)).toEqual(
    expect.arrayContaining((schemas['Group'] as { required: string[] }).required),
  )
  const [boost] = (await client(alice).get(`/api/v1/accounts/${tea.id}/statuses`)).body
  expect(boost).toMatchObject({ group: { id: tea.id }, reblog: { id: body.id, group: { id: tea.id } } })
  await client(alice).put(`/api/v1/groups/${tea.id}`, { display_name: 'Green tea' })
  const again = async () => (await client(alice).get(`/api/v1/statuses/${body.id}`)).body.group.display_name
  expect(await again()).toBe('Green tea')
  await client(alice).delete(`/api/v1/groups/${tea.id}/statuses/${body.id}`)
  expect((await client(alice).get(`/api/v1/statuses/${body.id}`)).body.group).toBeUndefined()
})

test('TRIP-09: a page of posts in groups costs the same number of queries whatever its length', async () => {
  const home = () => client(bob).get('/api/v1/timelines/home')
  const write = async (at: number) => {
    const more = await group(bob, { displayName: `Group ${at}` })
    await client(bob).post('/api/v1/statuses', { status: 'well', group_id: more.id })
    await settle()
  }
  // With everything else that is kept, so that the page alone is made anew.
  const costs = async () => {
    await home()
    forgetPages()
    return countQueries(home)
  }
  await write(0)
  const before = await costs()
  for (const at of [1, 2, 3, 4]) await write(at)
  expect(await costs()).toBe(before)
  const { body } = await home()
  expect(new Set(body.map((each: { group?: { id: string } }) => each.group?.id)).size).toBe(5)
})
