import { findAccount } from '#core/accounts/find-account'
import { instanceActor } from '#core/accounts/instance-actor'
import { lookUpAccount } from '#core/accounts/look-up-account'
import { resolveAccount } from '#core/accounts/resolve-account'
import { instance } from '#config/instance'
import type { Ctx } from '#core/ctx'
import { nowhere } from '#core/remote'
import { now } from '#platform/clock'
import { NotFound } from '#platform/errors'
import { cast, member, stranger } from '#test/factories/account'

const ctx: Ctx = { actor: { kind: 'visitor' }, remote: nowhere }

test('ACCT-12 a handle finds its account with and without the own domain, whatever its case', async () => {
  const { alice } = await cast('alice')
  await stranger('alice', 'far.example')
  const handles = ['alice', 'ALICE', '@alice', `alice@${instance.domain}`, `acct:Alice@${instance.domain}`]
  for (const acct of handles) expect((await lookUpAccount(ctx, { acct })).id).toBe(alice.account.id)
})

test('ACCT-13 a handle elsewhere finds only what is stored', async () => {
  const bob = await stranger('bob', 'far.example')
  const asked: string[] = []
  const remote = { ...nowhere, findAccount: async () => void asked.push('asked') }
  const found = await lookUpAccount({ ...ctx, remote }, { acct: 'bob@FAR.example' })
  expect(found.id).toBe(bob.id)
  await expect(lookUpAccount({ ...ctx, remote }, { acct: 'carol@far.example' })).rejects.toThrow(NotFound)
  expect(asked).toEqual([])
})

test('ACCT-16 who is not confirmed or approved yet does not exist for others', async () => {
  const unconfirmed = await member('new', { user: { confirmedAt: null } })
  const waiting = await member('waiting', { user: { approvedAt: null } })
  for (const { account } of [unconfirmed, waiting]) {
    await expect(findAccount(ctx, { id: account.id })).rejects.toThrow(NotFound)
    await expect(lookUpAccount(ctx, { acct: account.username })).rejects.toThrow(NotFound)
  }
})

test('ACCT-10 an account that is gone is not found, a suspended one is', async () => {
  const gone = await stranger('gone', 'far.example', { goneAt: now() })
  const suspended = await stranger('held', 'far.example', { suspendedAt: now() })
  await expect(findAccount(ctx, { id: gone.id })).rejects.toThrow(NotFound)
  expect((await findAccount(ctx, { id: suspended.id })).id).toBe(suspended.id)
})

test('text that is no handle finds nothing', async () => {
  await cast('alice')
  for (const acct of ['', '@', 'alice@', '@alice@a@b', 'al ice', 'alice/..', 'alice@http://x'])
    await expect(lookUpAccount(ctx, { acct })).rejects.toThrow(NotFound)
})

test('an unknown handle elsewhere is asked for at its server, one of ours never', async () => {
  const asked: object[] = []
  const remote = {
    ...nowhere,
    findAccount: async (_: unknown, handle: object) => {
      asked.push(handle)
      return '77'
    },
  }
  expect(await resolveAccount({ ...ctx, remote }, { acct: '@bob@Far.example' })).toBe('77')
  await expect(resolveAccount({ ...ctx, remote }, { acct: `bob@${instance.domain}` })).rejects.toThrow(
    NotFound,
  )
  expect(asked).toEqual([{ username: 'bob', domain: 'far.example' }])
})

test('the instance has one actor of its own, however often it is asked for', async () => {
  const actors = await Promise.all([instanceActor(ctx), instanceActor(ctx), instanceActor(ctx)])
  expect(new Set(actors.map(({ id }) => id)).size).toBe(1)
  expect(actors[0]).toMatchObject({ kind: 'application', username: instance.domain, domain: null })
})
