import { Account } from '#core/accounts/account.model'
import { editProfile } from '#core/accounts/edit-profile'
import { rankAccounts } from '#core/discovery/rank-accounts'
import { featureAccount } from '#core/discovery/feature-account'
import { blockAccount } from '#core/relationships/block-account'
import { blockDomain } from '#core/relationships/block-domain'
import { followAccount } from '#core/relationships/follow-account'
import { muteAccount } from '#core/relationships/mute-account'
import { react } from '#core/reactions/react'
import { changeSettings } from '#core/instances/change-settings'
import { nowhere } from '#core/remote'
import { as, member, stranger, type Member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { kith } from '#test/support/cli'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { countQueries } from '#test/support/count-queries'
import { settle } from '#test/support/settle'

const operator = { actor: { kind: 'operator' } as const, remote: nowhere }
const idsOf = (list: { id: string }[]) => list.map(({ id }) => id)
const open = { account: { isDiscoverable: true } }
const rank = () => rankAccounts(operator)
const on = (day: number) => new Date(Date.UTC(2026, 9, day))

/** Somebody who wants to be found, and posted that day. */
const active = (name: string, day: number) =>
  member(name, { account: { isDiscoverable: true, lastPostAt: on(day) } })

test('ACCT-41 the directory lists who wants to be found, by last post or newest first', async () => {
  const [alice, bob, carol] = [await active('alice', 1), await active('bob', 9), await active('carol', 5)]
  const dan = await stranger('dan', 'remote.example', { isDiscoverable: true, lastPostAt: on(7) })
  const silent = await member('silent', open)
  await member('shy', { account: { lastPostAt: on(8) } })
  for (const [n, more] of [
    { suspendedAt: new Date() },
    { silencedAt: new Date() },
    { goneAt: new Date() },
    { movedToId: bob.account.id },
  ].entries())
    await member(`left${n}`, { account: { isDiscoverable: true, ...more } })
  await member('new', { ...open, user: { confirmedAt: null } })
  await rank()
  const app = client()
  const list = async (query: string) => idsOf((await app.get(`/api/v1/directory${query}`)).body)
  const { body, headers } = await app.get('/api/v1/directory')
  expectEntity('Array<Account>', body)
  expect(headers.get('link')).toBeNull()
  const all = [bob.account, dan, carol.account, alice.account, silent.account].map(({ id }) => id)
  expect(idsOf(body)).toEqual(all)
  expect(await list('?offset=1&limit=2')).toEqual(all.slice(1, 3))
  expect(await list('?order=active&local=true')).toEqual(all.filter((id) => id !== dan.id))
  expect(await list('?order=new&limit=3')).toEqual([silent.account.id, dan.id, carol.account.id])
  expect(await list('?order=new&local=1&limit=2')).toEqual([silent.account.id, carol.account.id])
  expect(await list('?offset=-3&limit=1')).toEqual([bob.account.id])
})

test('ACCT-41 the directory shows a member nobody who is blocked, muted, or of a blocked domain', async () => {
  const [alice, bob, carol, eve] = [
    await active('alice', 1),
    await active('bob', 2),
    await active('carol', 3),
    await active('eve', 4),
  ]
  await stranger('dan', 'remote.example', { isDiscoverable: true, lastPostAt: on(7) })
  await rank()
  await as(alice, blockAccount, { accountId: bob.account.id })
  await as(eve, blockAccount, { accountId: alice.account.id })
  await as(alice, muteAccount, { accountId: carol.account.id })
  await as(alice, blockDomain, { domain: 'remote.example' })
  expect(idsOf((await client(alice).get('/api/v1/directory')).body)).toEqual([alice.account.id])
  expect((await client().get('/api/v1/directory')).body).toHaveLength(5)
})

test('ACCT-41 whoever wants to be found is in the directory soon, and who does not any more leaves it at once', async () => {
  const alice = await member('alice')
  const count = async () => (await client().get('/api/v1/directory')).body.length
  await editProfile(alice.ctx, { isDiscoverable: true })
  await settle()
  expect(await count()).toBe(1)
  await editProfile(alice.ctx, { isDiscoverable: false })
  expect(await count()).toBe(0)
})

test('ACCT-41 the directory can be switched off', async () => {
  await changeSettings(operator, { directory: false })
  expect((await client().get('/api/v1/directory')).status).toBe(404)
  expect((await kith('config', 'set', 'directory', 'yes')).code).toBe(0)
  expect((await client().get('/api/v1/directory')).status).toBe(200)
})

async function suggestionsOf(who: Member, query = '') {
  const { body } = await client(who).get(`/api/v2/suggestions${query}`)
  expectEntity('Array<Suggestion>', body)
  return (body as { sources: string[]; source: string; account: { username: string } }[]).map(
    ({ sources, account }) => `${account.username}: ${sources.join(' ')}`,
  )
}

const follow = (one: Member, other: Member) => as(one, followAccount, { accountId: other.account.id })

test('ACCT-42 suggestions are whom the staff names, whom friends follow, and who is followed and liked most', async () => {
  const alice = await member('alice')
  const [bob, carol] = [await member('bob', open), await member('carol', open)]
  const [staff, friend, liked, famous] = [
    await member('staff'),
    await member('friend', open),
    await member('liked', open),
    await member('famous', open),
  ]
  await follow(alice, bob)
  await follow(alice, carol)
  for (const each of [bob, carol]) await follow(each, friend)
  await follow(bob, famous)
  await follow(carol, staff)
  const extra = await member('extra')
  await follow(extra, famous)
  await follow(extra, liked)
  await follow(await member('more'), famous)
  await as(extra, react, { postId: (await post(liked)).id })
  await Account.update({ followersCount: 0 }, { where: { id: liked.account.id } })
  expect((await kith('suggest', 'add', 'staff')).code).toBe(0)
  await rank()
  expect(await suggestionsOf(alice)).toEqual([
    'staff: featured friends_of_friends',
    'friend: friends_of_friends most_followed',
    'famous: friends_of_friends most_followed',
    'liked: most_interactions',
  ])
  expect(await suggestionsOf(alice, '?offset=1&limit=1')).toEqual([
    'friend: friends_of_friends most_followed',
  ])
  const { body, headers } = await client(alice).get('/api/v1/suggestions?limit=2')
  expectEntity('Array<Account>', body)
  expect(idsOf(body)).toEqual([staff.account.id, friend.account.id])
  expect(headers.get('deprecation')).toBe('@1621123200')
  expect((await kith('suggest', 'list')).out).toContain('staff')
  await kith('suggest', 'remove', 'staff')
  expect((await suggestionsOf(alice))[0]).toMatch(/^friend/)
})

test('ACCT-42 who is dismissed, blocked, muted or asked is suggested no more, nor who hides a network', async () => {
  const alice = await member('alice')
  const names = ['dismissed', 'blocked', 'muted', 'asked', 'kept']
  const found = await Promise.all(
    names.map((name) => member(name, { account: { isDiscoverable: true, isLocked: name === 'asked' } })),
  )
  const [dismissed, blocked, muted, asked] = found as [Member, Member, Member, Member, Member]
  for (const { account } of found)
    await featureAccount(operator, { acct: account.username, isFeatured: true })
  const hidden = await member('hidden', { account: { hidesCollections: true } })
  await follow(alice, hidden)
  await follow(hidden, await member('known', open))
  expect(await suggestionsOf(alice)).toHaveLength(5)
  const app = client(alice)
  for (let n = 0; n < 2; n += 1)
    expect((await app.delete(`/api/v1/suggestions/${dismissed.account.id}`)).body).toEqual({})
  expect((await app.delete('/api/v1/suggestions/77')).status).toBe(200)
  await as(alice, blockAccount, { accountId: blocked.account.id })
  await as(alice, muteAccount, { accountId: muted.account.id })
  await follow(alice, asked)
  expect(await suggestionsOf(alice)).toEqual(['kept: featured'])
})

test('TRIP-15 without anybody to suggest or list, apps get an empty list', async () => {
  const alice = await member('alice')
  for (const path of ['/api/v1/suggestions', '/api/v2/suggestions', '/api/v1/directory']) {
    const { status, body } = await client(alice).get(path)
    expect([status, body]).toEqual([200, []])
  }
})

test('directory and suggestions cost the same number of queries for one and for many', async () => {
  const alice = await member('alice')
  for (let n = 0; n < 12; n += 1) {
    await active(`user${n}`, n + 1)
    await featureAccount(operator, { acct: `user${n}`, isFeatured: true })
  }
  await rank()
  const app = client(alice)
  for (const path of ['/api/v1/directory', '/api/v2/suggestions']) {
    await app.get(`${path}?limit=1`)
    const [one, many] = [
      await countQueries(() => app.get(`${path}?limit=1`)),
      await countQueries(() => app.get(`${path}?limit=12`)),
    ]
    expect({ path, many }).toEqual({ path, many: one })
  }
})
