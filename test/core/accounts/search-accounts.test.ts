import { searchAccounts } from '#core/accounts/search-accounts'
import { Block } from '#core/relationships/block.model'
import { nowhere } from '#core/remote'
import { now } from '#platform/clock'
import { as, cast, member, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'

test('ACCT-14 a part of the name or of the display name matches, and the exact handle comes first', async () => {
  const { alice } = await cast('alice')
  const popular = await stranger('bobbie', 'far.example', { followersCount: 900 })
  const bob = await member('bob', { account: { displayName: 'Robert' } })
  const kate = await member('kate', { account: { displayName: 'Kate Bobbins' } })
  const found = await as(alice, searchAccounts, { query: 'bob', limit: 10 })
  expect(found[0]).toBe(bob.account.id)
  expect(new Set(found)).toEqual(new Set([bob.account.id, popular.id, kate.account.id]))
  expect(await as(alice, searchAccounts, { query: 'OBER', limit: 10 })).toEqual([bob.account.id])
})

test('one or two characters match the beginnings of names', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const kate = await member('kate', { account: { displayName: 'Kate Bo' } })
  const found = await as(alice, searchAccounts, { query: 'bo', limit: 10 })
  expect(new Set(found)).toEqual(new Set([bob.account.id, kate.account.id]))
  expect(await as(alice, searchAccounts, { query: 'ob', limit: 10 })).toEqual([])
})

test('wildcards of the database are plain characters', async () => {
  const { alice } = await cast('alice', 'bob')
  const odd = await member('a_b', { account: { displayName: '100%' } })
  expect(await as(alice, searchAccounts, { query: '%', limit: 10 })).toEqual([])
  expect(await as(alice, searchAccounts, { query: '100%', limit: 10 })).toEqual([odd.account.id])
  expect(await as(alice, searchAccounts, { query: 'a_b', limit: 10 })).toEqual([odd.account.id])
})

test('ACCT-14 following=true finds only those the searcher follows', async () => {
  const { alice, bob } = await cast('alice', 'bob', 'bobby')
  await follow(alice, bob)
  expect(await as(alice, searchAccounts, { query: 'bob', limit: 10, following: true })).toEqual([
    bob.account.id,
  ])
})

test('ACCT-14 resolve=true asks the server of an exact handle, and puts what it finds first', async () => {
  const { alice } = await cast('alice')
  const bob = await stranger('bob', 'far.example')
  await stranger('bobby', 'far.example')
  const remote = { ...nowhere, findAccount: async () => bob.id }
  const ctx = { ...alice.ctx, remote }
  expect((await searchAccounts(ctx, { query: '@bob@far.example', limit: 5, resolve: true }))[0]).toBe(bob.id)
  const none = { ...nowhere, findAccount: async () => undefined }
  expect(
    await searchAccounts({ ...ctx, remote: none }, { query: 'x@nowhere.example', limit: 5, resolve: true }),
  ).toEqual([])
})

test('blocked, blocking, suspended, unconfirmed and lost accounts are left out', async () => {
  const { alice, bob, bobby } = await cast('alice', 'bob', 'bobby')
  await Block.create({ blockerId: alice.account.id, blockedId: bob.account.id })
  await Block.create({ blockerId: bobby.account.id, blockedId: alice.account.id })
  await member('bob1', { account: { suspendedAt: now() } })
  await member('bob2', { user: { confirmedAt: null } })
  await stranger('bob3', 'far.example', { goneAt: now() })
  expect(await as(alice, searchAccounts, { query: 'bo', limit: 10 })).toEqual([])
})

test('SRCH-08 whom the searcher blocks is found by the exact handle alone; who blocks the searcher, never', async () => {
  const { alice, bob, bobby } = await cast('alice', 'bob', 'bobby')
  await Block.create({ blockerId: alice.account.id, blockedId: bob.account.id })
  await Block.create({ blockerId: alice.account.id, blockedId: bobby.account.id })
  const find = (who: typeof alice, query: string) => as(who, searchAccounts, { query, limit: 10 })
  expect(await find(alice, '@bob')).toEqual([bob.account.id])
  expect(await find(alice, 'bobb')).toEqual([])
  expect(await find(bob, 'alice')).toEqual([])
})

test('limit and offset walk through the results', async () => {
  const { alice } = await cast('alice', 'bob1', 'bob2', 'bob3')
  const all = await as(alice, searchAccounts, { query: 'bob', limit: 10 })
  const pages = await Promise.all(
    [0, 1, 2].map((offset) => as(alice, searchAccounts, { query: 'bob', limit: 1, offset })),
  )
  expect(pages.flat()).toEqual(all)
})
