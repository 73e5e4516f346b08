import { Account } from '#core/accounts/account.model'
import { createGroup } from '#core/groups/create-group'
import { editGroup } from '#core/groups/edit-group'
import { Group } from '#core/groups/group.model'
import { rankIn } from '#core/groups/group.policy'
import { Notification } from '#core/notifications/notification.model'
import { Forbidden, Invalid, NotFound } from '#platform/errors'
import { row } from '#platform/db'
import { as, cast, type Member, member, stranger } from '#test/factories/account'
import { group } from '#test/factories/group'
import { settle } from '#test/support/settle'

let alice: Member
let bob: Member

beforeEach(async () => {
  ;({ alice, bob } = await cast('alice', 'bob'))
})

test('whoever makes a group owns it and is its first member', async () => {
  const { id } = await group(alice, { displayName: 'Tea & Cake', note: 'All about #tea', isLocked: true })
  const account = await Account.findByPk(id, { rejectOnEmpty: true })
  expect(account).toMatchObject({
    username: 'tea_cake',
    domain: null,
    kind: 'group',
    displayName: 'Tea & Cake',
    isLocked: true,
    followersCount: 1,
  })
  expect(account.noteHtml).toContain('All about')
  expect(await rankIn(alice.ctx, id, alice.account.id)).toBe('owner')
  expect(await row({}, 'SELECT state FROM follows WHERE followed_id = $1', [id])).toEqual({
    state: 'accepted',
  })
})

test('nobody is told of a new group as of somebody who joined', async () => {
  await member('mod', { user: { role: 'moderator' } })
  await group(alice)
  await settle()
  expect(await Notification.count()).toBe(0)
})

test('a name that is taken by anybody here gets a number, or is refused when it was asked for', async () => {
  expect(await group(alice)).toMatchObject({ username: 'tea' })
  expect(await group(alice)).toMatchObject({ username: 'tea_2' })
  expect(await group(alice, { displayName: 'Bob' })).toMatchObject({ username: 'bob_2' })
  expect(await group(alice, { displayName: 'Чай' })).toMatchObject({ username: 'group' })
  for (const name of ['Tea', 'admin', 'a b', '', 'x'.repeat(31)])
    await expect(group(alice, { name })).rejects.toThrow(Invalid)
  await expect(group(alice, { displayName: ' ' })).rejects.toThrow('Display name')
})

test('only members make groups, and not without end', async () => {
  const far = await stranger('far')
  const outside = { ...alice.ctx, actor: { kind: 'stranger', accountId: far.id } } as const
  await expect(createGroup(outside, { displayName: 'Tea' })).rejects.toThrow(Forbidden)
  for (let at = 0; at < 50; at += 1) {
    const { id: accountId } = await Account.create({ username: `g${at}`, kind: 'group' })
    await Group.create({ accountId })
    await row({}, `INSERT INTO group_roles VALUES ($1, $2, 'owner')`, [accountId, alice.account.id])
  }
  await expect(group(alice)).rejects.toThrow(Forbidden)
})

test('owners change their group, members do not', async () => {
  const { id: groupId } = await group(alice)
  await as(alice, editGroup, { groupId, displayName: 'Coffee', isLocked: true, isRestricted: true })
  expect(await Account.findByPk(groupId)).toMatchObject({
    displayName: 'Coffee',
    isLocked: true,
    kind: 'group',
  })
  expect(await Group.findByPk(groupId)).toMatchObject({ isRestricted: true, requiresMembership: true })
  await expect(as(bob, editGroup, { groupId, displayName: 'Mine' })).rejects.toThrow(Forbidden)
  await expect(as(alice, editGroup, { groupId: bob.account.id, displayName: 'Bob' })).rejects.toThrow(
    NotFound,
  )
})
