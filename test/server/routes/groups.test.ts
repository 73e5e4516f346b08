import type { Account } from '#core/accounts/account.model'
import { GroupRole } from '#core/groups/group-role.model'
import { recordBlock } from '#core/relationships/record-block'
import { schemas } from '#server/openapi/components'
import { instance } from '#config/instance'
import { rows } from '#platform/db'
import { cast, type Member, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { group } from '#test/factories/group'
import { client, request } from '#test/support/client'
import { countQueries } from '#test/support/count-queries'
import { settle } from '#test/support/settle'

let alice: Member
let bob: Member
let carol: Member
let tea: Account

beforeEach(async () => {
  ;({ alice, bob, carol } = await cast('alice', 'bob', 'carol'))
  tea = await group(alice)
})

const path = (end = '', { id }: { id: string } = tea) => `/api/v1/groups/${id}${end}`
const relation = async (who: Member) =>
  (await client(who).get(`/api/v1/groups/relationships?id[]=${tea.id}`)).body[0]
const names = (body: { account?: { username: string }; username?: string }[]) =>
  body.map((each) => each.account?.username ?? each.username)

/** The properties that the API description says each one has. */
const required = (name: string) => (schemas[name] as { required: string[] }).required

test('client extensions 4.8: a member makes a group, which is an account with the flag that apps show', async () => {
  const { body } = await client(bob).post('/api/v1/groups', {
    display_name: 'Coffee Lovers',
    note: 'Hot',
    locked: true,
    membership_required: false,
  })
  expect(body).toMatchObject({
    display_name: 'Coffee Lovers',
    slug: 'coffee_lovers',
    locked: true,
    membership_required: false,
    members_count: 1,
    owner: { id: bob.account.id },
    domain: instance.domain,
    statuses_visibility: 'public',
    url: `${instance.origin}/@coffee_lovers`,
  })
  expect(Object.keys(body)).toEqual(expect.arrayContaining(required('Group')))
  const account = await client(carol).get(`/api/v1/accounts/${body.id}`)
  expect(account.body).toMatchObject({ group: true, bot: false, locked: true, acct: 'coffee_lovers' })
  expect((await client(carol).get(path('', body))).body).toEqual(body)
  expect((await client(bob).get('/api/v1/groups')).body).toEqual([body])
  expect((await request('get', path('', body))).status).toBe(200)
})

test('client extensions 4.8: what is wrong with a new group is said field by field', async () => {
  const blank = await client(bob).post('/api/v1/groups', { display_name: '' })
  expect([blank.status, Object.keys(blank.body.details)]).toEqual([422, ['display_name']])
  const taken = await client(bob).post('/api/v1/groups', { display_name: 'T', slug: 'TEA' })
  expect([taken.status, Object.keys(taken.body.details)]).toEqual([422, ['name']])
  expect((await request('post', '/api/v1/groups')).status).toBe(401)
  expect((await client(bob).get(path('', bob.account))).status).toBe(404)
})

test('client extensions 4.8: only admins change a group, only its owner deletes it', async () => {
  await follow(bob, tea)
  expect((await client(bob).put(path(), { note: 'mine' })).status).toBe(403)
  const { body } = await client(alice).put(path(), { note: 'All of it', posting_restricted: true })
  expect(body).toMatchObject({ display_name: 'Tea', posting_restricted: true, membership_required: true })
  await client(alice).post(path('/promote'), { account_ids: [bob.account.id], role: 'admin' })
  expect((await client(bob).put(path(), { display_name: 'Teas' })).body.display_name).toBe('Teas')
  expect((await client(bob).delete(path())).status).toBe(403)
  expect((await client(alice).delete(path())).status).toBe(200)
  expect((await client(alice).get(path())).status).toBe(404)
})

test('client extensions 4.8: joining an open group is to follow it, a locked one waits for a moderator', async () => {
  const open = await client(bob).post(path('/join'))
  expect(open.body).toMatchObject({ member: true, requested: false, role: 'user', owner: false })
  expect(Object.keys(open.body)).toEqual(expect.arrayContaining(required('GroupRelationship')))
  expect((await client(bob).get(`/api/v1/accounts/relationships?id[]=${tea.id}`)).body[0].following).toBe(
    true,
  )
  expect((await client(bob).post(path('/leave'))).body).toMatchObject({ member: false })
  expect((await client(alice).post(path('/leave'))).status).toBe(403)
  await client(alice).put(path(), { locked: true })
  expect((await client(bob).post(path('/join'))).body).toMatchObject({ member: false, requested: true })
  expect((await client(carol).post(`/api/v1/accounts/${tea.id}/follow`)).body.requested).toBe(true)
  expect((await client(bob).get(path('/membership_requests'))).status).toBe(403)
  expect(names((await client(alice).get(path('/membership_requests'))).body)).toEqual(['carol', 'bob'])
  expect((await client(bob).post(path(`/membership_requests/${bob.account.id}/authorize`))).status).toBe(403)
  expect((await client(alice).post(path(`/membership_requests/${bob.account.id}/authorize`))).body).toEqual(
    {},
  )
  expect((await client(alice).post(path(`/membership_requests/${carol.account.id}/reject`))).body).toEqual({})
  expect((await client(alice).post(path(`/membership_requests/${carol.account.id}/reject`))).status).toBe(404)
  expect(await relation(bob)).toMatchObject({ member: true, requested: false })
  expect(await relation(carol)).toMatchObject({ member: false, requested: false })
})

test('client extensions 4.8: members are listed page by page, of all ranks or of one', async () => {
  const far = await stranger('far')
  for (const each of [bob, carol, far]) await follow(each, tea)
  await client(alice).post(path('/promote'), { account_ids: [carol.account.id], role: 'moderator' })
  const { body } = await client(bob).get(path('/memberships'))
  expect(names(body)).toEqual(['far', 'carol', 'bob', 'alice'])
  expect(Object.keys(body[0])).toEqual(expect.arrayContaining(required('GroupMember')))
  const roles = body.map(({ role }: { role: string }) => role)
  expect(roles).toEqual(['user', 'moderator', 'user', 'owner'])
  const of = async (role: string) => names((await client(bob).get(path(`/memberships?role=${role}`))).body)
  expect(await of('user')).toEqual(['far', 'bob'])
  expect(await of('owner')).toEqual(['alice'])
  const first = await client(bob).get(path('/memberships?limit=2'))
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
  expect(names((await client(bob).get(next.replace(instance.origin, ''))).body)).toEqual(['bob', 'alice'])
})

test('client extensions 4.8: ranks are given by those above, and an owner hands the group on', async () => {
  for (const each of [bob, carol]) await follow(each, tea)
  const give = (who: Member, to: Member, role: string, verb = 'promote') =>
    client(who).post(path(`/${verb}`), { account_ids: [to.account.id], role })
  expect((await give(bob, carol, 'moderator')).status).toBe(403)
  expect((await give(alice, bob, 'king')).status).toBe(422)
  expect((await give(alice, bob, 'admin')).body).toMatchObject([
    { role: 'admin', account: { username: 'bob' } },
  ])
  expect((await give(bob, carol, 'admin')).status).toBe(403)
  expect((await give(bob, carol, 'moderator')).status).toBe(200)
  expect((await give(bob, alice, 'user', 'demote')).status).toBe(403)
  expect((await give(carol, bob, 'user', 'demote')).status).toBe(403)
  expect((await give(bob, carol, 'user', 'demote')).body).toMatchObject([{ role: 'user' }])
  const outsider = (await cast('dora')).dora
  expect((await give(alice, outsider, 'admin')).status).toBe(404)
  expect((await give(alice, bob, 'owner')).status).toBe(200)
  expect(await relation(alice)).toMatchObject({ owner: false, role: 'admin' })
  expect(await relation(bob)).toMatchObject({ owner: true, role: 'owner' })
})

test('client extensions 4.8: whoever leaves a group moderates it no more', async () => {
  await client(bob).post(path('/join'))
  await client(alice).post(path('/promote'), { account_ids: [bob.account.id], role: 'moderator' })
  await client(bob).post(`/api/v1/accounts/${tea.id}/unfollow`)
  await settle()
  expect(await GroupRole.count()).toBe(1)
})

test('client extensions 4.8: moderators kick and ban those below them', async () => {
  for (const each of [bob, carol]) await follow(each, tea)
  const everybody = { account_ids: [bob.account.id] }
  expect((await client(carol).post(path('/kick'), everybody)).status).toBe(403)
  await client(alice).post(path('/promote'), { account_ids: [carol.account.id], role: 'moderator' })
  expect((await client(carol).post(path('/kick'), { account_ids: [alice.account.id] })).status).toBe(403)
  expect((await client(carol).post(path('/kick'), everybody)).body).toEqual({})
  expect(await relation(bob)).toMatchObject({ member: false, blocked_by: false })
  await client(bob).post(path('/join'))
  expect((await client(carol).post(path('/blocks'), everybody)).body).toEqual({})
  expect(await relation(bob)).toMatchObject({ member: false, blocked_by: true })
  expect((await client(bob).post(path('/join'))).status).toBe(403)
  expect(names((await client(carol).get(path('/blocks'))).body)).toEqual(['bob'])
  expect((await client(bob).get(path('/blocks'))).status).toBe(403)
  expect((await client(carol).delete(path('/blocks'), everybody)).body).toEqual({})
  expect((await client(bob).post(path('/join'))).body.member).toBe(true)
})

test('client extensions 4.8: a post in a group is in its timeline, and with its members as boosted by it', async () => {
  await follow(bob, tea)
  await follow(carol, tea)
  const made = await client(bob).post('/api/v1/statuses', {
    status: 'Mind the leaves',
    group_id: tea.id,
    visibility: 'group',
  })
  expect(made.body).toMatchObject({ visibility: 'public', mentions: [] })
  await settle()
  const named = await client(carol).post('/api/v1/statuses', { status: '@tea is it late?' })
  await settle()
  const listed = await client(carol).get(`/api/v1/timelines/group/${tea.id}`)
  expect(listed.body.map(({ id }: { id: string }) => id)).toEqual([named.body.id, made.body.id])
  const home = (await client(alice).get('/api/v1/timelines/home')).body
  expect(
    home.map(({ account, reblog }: never) => [(account as Account).username, (reblog as { id: string }).id]),
  ).toEqual([
    ['tea', named.body.id],
    ['tea', made.body.id],
  ])
  const dora = (await cast('dora')).dora
  const refused = await client(dora).post('/api/v1/statuses', { status: 'Hi', group_id: tea.id })
  expect(refused.status).toBe(403)
  const closed = { status: 'Hi', group_id: tea.id, visibility: 'private' }
  expect((await client(bob).post('/api/v1/statuses', closed)).status).toBe(422)
  const nowhere = { status: 'Hi', group_id: bob.account.id }
  expect((await client(bob).post('/api/v1/statuses', nowhere)).status).toBe(404)
  await recordBlock(bob.ctx, { blockerId: dora.account.id, blockedId: bob.account.id })
  const left = (await client(dora).get(`/api/v1/timelines/group/${tea.id}`)).body
  expect(left.map(({ id }: { id: string }) => id)).toEqual([named.body.id])
})

test('client extensions 4.8: moderators take posts out of a group, which stay with their authors', async () => {
  await follow(bob, tea)
  const { body } = await client(bob).post('/api/v1/statuses', { status: '@tea buy this' })
  await settle()
  const at = path(`/statuses/${body.id}`)
  expect((await client(bob).delete(at)).status).toBe(403)
  expect((await client(alice).delete(at)).body).toMatchObject({ id: body.id, reblogs_count: 0 })
  expect((await client(alice).delete(at)).status).toBe(404)
  await settle()
  expect((await client(alice).get(`/api/v1/timelines/group/${tea.id}`)).body).toEqual([])
  expect((await client(alice).get('/api/v1/timelines/home')).body).toEqual([])
  await client(bob).put(`/api/v1/statuses/${body.id}`, { status: '@tea buy this now' })
  await settle()
  expect((await client(alice).get(`/api/v1/timelines/group/${tea.id}`)).body).toEqual([])
  expect((await client(bob).get(`/api/v1/statuses/${body.id}`)).status).toBe(200)
})

test('client extensions 4.8: in a locked thread moderators alone go on', async () => {
  await follow(bob, tea)
  const { body: root } = await client(bob).post('/api/v1/statuses', { status: '@tea well' })
  await settle()
  const { body: first } = await client(bob).post('/api/v1/statuses', {
    status: 'one',
    in_reply_to_id: root.id,
  })
  await settle()
  expect((await client(bob).post(path(`/statuses/${first.id}/lock`))).status).toBe(403)
  expect((await client(alice).post(path(`/statuses/${first.id}/lock`))).status).toBe(200)
  const answers = async () => {
    await client(bob).post('/api/v1/statuses', { status: 'again', in_reply_to_id: root.id })
    await settle()
    return (await rows({}, 'SELECT id FROM posts WHERE group_id = $1', [tea.id])).length
  }
  expect(await answers()).toBe(2)
  expect((await client(alice).post(path(`/statuses/${first.id}/unlock`))).status).toBe(200)
  expect(await answers()).toBe(3)
})

test('TRIP-09: a page of groups, members or posts costs the same number of queries whatever its length', async () => {
  const costs = async (at: string) => countQueries(() => client(alice).get(at))
  const lists = ['/api/v1/groups', path('/memberships'), `/api/v1/groups/relationships?id[]=${tea.id}`]
  const before = []
  for (const at of lists) before.push(await costs(at))
  for (let at = 0; at < 5; at += 1) {
    await group(alice, { displayName: `Group ${at}` })
    await follow(await stranger(`far${at}`), tea)
  }
  const after = []
  for (const at of lists) after.push(await costs(at))
  expect(after).toEqual(before)
})
