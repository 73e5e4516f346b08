import { Account } from '#core/accounts/account.model'
import { DomainRule } from '#core/instances/domain-rule.model'
import { isBarredDomain } from '#core/instances/instance.policy'
import { limitDomain } from '#core/moderation/limit-domain'
import { readmitDomain } from '#core/moderation/readmit-domain'
import { suspendDomain } from '#core/moderation/suspend-domain'
import { Follow } from '#core/relationships/follow.model'
import { Severance } from '#core/relationships/severance.model'
import { nowhere } from '#core/remote'
import { rows } from '#platform/db'
import { Conflict, Forbidden, Invalid, NotFound } from '#platform/errors'
import { as, cast, member, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { settle } from '#test/support/settle'

const operator = { actor: { kind: 'operator' } as const, remote: nowhere }
const suspend = (domain: string) => suspendDomain(operator, { domain })
const isSuspended = async ({ id }: { id: string }) =>
  (await Account.findByPk(id, { rejectOnEmpty: true })).suspendedAt !== null

test('federation rule 228: a suspended domain is barred with all below it, its people are hidden, and follows with them end', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const [ann, bea, dan] = await Promise.all([
    stranger('ann', 'bad.example'),
    stranger('bea', 'sub.bad.example'),
    stranger('dan', 'notbad.example'),
  ])
  await follow(ann, alice)
  await follow(alice, bea)
  await follow(bob, ann, 'pending')
  await follow(dan, alice)
  expect(await suspend('Bad.example')).toEqual({ domain: 'bad.example', count: 2, members: 1 })
  await settle()
  expect(await Promise.all([ann, bea, dan].map(isSuspended))).toEqual([true, true, false])
  expect(await Promise.all(['bad.example', 'sub.bad.example', 'notbad.example'].map(isBarredDomain))).toEqual(
    [true, true, false],
  )
  expect((await Follow.findAll()).map(({ followerId }) => followerId)).toEqual([dan.id])
  expect(await Severance.findAll()).toEqual([
    expect.objectContaining({
      accountId: alice.account.id,
      reason: 'domain_block',
      targetName: 'bad.example',
      followersCount: 1,
      followingCount: 1,
    }),
  ])
})

test('a domain is suspended once, also one that was limited, and by staff alone', async () => {
  const ann = await stranger('ann', 'bad.example')
  await limitDomain(operator, { domain: 'bad.example', publicComment: 'noise' })
  await suspend('bad.example')
  expect(await suspend('bad.example')).toMatchObject({ count: 0, members: 0 })
  await expect(limitDomain(operator, { domain: 'bad.example' })).rejects.toThrow(Conflict)
  expect(await DomainRule.findByPk('bad.example')).toMatchObject({
    severity: 'suspend',
    publicComment: 'noise',
  })
  expect(await isSuspended(ann)).toBe(true)
  await expect(suspend('localhost:3000')).rejects.toThrow(Invalid)
  const alice = await member('alice')
  await expect(as(alice, suspendDomain, { domain: 'b.example' })).rejects.toThrow(Forbidden)
  await expect(as(alice, readmitDomain, { domain: 'bad.example' })).rejects.toThrow(Forbidden)
  await expect(readmitDomain(operator, { domain: 'b.example' })).rejects.toThrow(NotFound)
})

test('who is under another rule, too, stays suspended by that', async () => {
  const [ann, bea] = [await stranger('ann', 'bad.example'), await stranger('bea', 'sub.bad.example')]
  await suspend('sub.bad.example')
  await suspend('bad.example')
  expect(await readmitDomain(operator, { domain: 'sub.bad.example' })).toEqual({ count: 0 })
  expect(await Promise.all([ann, bea].map(isSuspended))).toEqual([true, true])
  expect(await readmitDomain(operator, { domain: 'bad.example' })).toEqual({ count: 2 })
})

test('whoever was about to come back does not when the domain is suspended again', async () => {
  const ann = await stranger('ann', 'bad.example')
  await suspend('bad.example')
  await settle()
  await readmitDomain(operator, { domain: 'bad.example' })
  expect(await suspend('bad.example')).toMatchObject({ count: 1 })
  const owed = await rows({}, `SELECT 1 FROM owed_work WHERE payload->>'name' = 'account.pardoned'`)
  expect(owed).toEqual([])
  expect(await readmitDomain(operator, { domain: 'bad.example' })).toEqual({ count: 1 })
  expect(await isSuspended(ann)).toBe(true)
})
