import { Account } from '#core/accounts/account.model'
import { type RemoteAccount, receiveAccount } from '#core/accounts/receive-account'
import { DomainRule } from '#core/instances/domain-rule.model'
import { limitDomain } from '#core/moderation/limit-domain'
import { unlimitDomain } from '#core/moderation/unlimit-domain'
import { nowhere } from '#core/remote'
import { instance } from '#config/instance'
import { as, member, stranger } from '#test/factories/account'

const operator = { actor: { kind: 'operator' } as const, remote: nowhere }
const kith = { actor: { kind: 'kith' } as const, remote: nowhere }
const limit = (domain: string) => limitDomain(operator, { domain })
const unlimit = (domain: string) => unlimitDomain(operator, { domain })
const isLimited = async ({ id }: { id: string }) =>
  (await Account.findByPk(id, { rejectOnEmpty: true })).silencedAt !== null

const arrival = (username: string, domain: string): RemoteAccount => ({
  uri: `https://${domain}/users/${username}`,
  url: null,
  username,
  domain,
  kind: 'person',
  displayName: username,
  noteHtml: '',
  fields: [],
  emojis: [],
  isLocked: false,
  isDiscoverable: true,
  isIndexable: true,
  isMemorial: false,
  inboxUrl: `https://${domain}/inbox`,
  sharedInboxUrl: null,
  outboxUrl: null,
  followersUrl: null,
  followingUrl: null,
  featuredUrl: null,
  publicKeyId: null,
  publicKeyPem: null,
  alsoKnownAs: [],
})

test('federation rule 229: who is of a limited domain, or below it, is limited, and who comes later too', async () => {
  const alice = await member('alice')
  const [ann, below, port, other, alike] = [
    await stranger('ann', 'loud.example'),
    await stranger('bea', 'sub.loud.example'),
    await stranger('cy', 'loud.example:8443'),
    await stranger('dan', 'quiet.example'),
    await stranger('eve', 'notloud.example'),
  ]
  expect(await limit('LOUD.example')).toEqual({ domain: 'loud.example', count: 3 })
  expect(await limit('loud.example')).toEqual({ domain: 'loud.example', count: 0 })
  for (const who of [ann, below, port]) expect(await isLimited(who)).toBe(true)
  for (const who of [other, alike, alice.account]) expect(await isLimited(who)).toBe(false)
  expect(await isLimited(await receiveAccount(kith, arrival('fay', 'new.loud.example')))).toBe(true)
  expect(await isLimited(await receiveAccount(kith, arrival('gus', 'quiet.example')))).toBe(false)
  expect(await unlimit('loud.example')).toEqual({ count: 4 })
  for (const who of [ann, below, port]) expect(await isLimited(who)).toBe(false)
})

test('federation rule 229: the end of one rule frees nobody whom another one limits, or who was limited alone', async () => {
  const ann = await stranger('ann', 'sub.loud.example')
  const alone = await stranger('bea', 'sub.loud.example', { silencedAt: new Date('2026-01-01') })
  await limit('loud.example')
  await limit('sub.loud.example')
  expect(await unlimit('loud.example')).toEqual({ count: 0 })
  expect(await isLimited(ann)).toBe(true)
  expect(await unlimit('sub.loud.example')).toEqual({ count: 1 })
  expect(await isLimited(alone)).toBe(true)
})

test('federation rule 229: only staff limits domains, only those of others, and only those that are not suspended', async () => {
  const alice = await member('alice')
  await DomainRule.create({ domain: 'bad.example', severity: 'suspend' })
  await DomainRule.create({ domain: 'odd.example', severity: 'noop', rejectMedia: true })
  await expect(as(alice, limitDomain, { domain: 'loud.example' })).rejects.toThrow('not allowed')
  await expect(as(alice, unlimitDomain, { domain: 'loud.example' })).rejects.toThrow('not allowed')
  await expect(limit('bad.example')).rejects.toThrow('suspended')
  await expect(limit('no domain')).rejects.toThrow('not a valid domain')
  await expect(limit(instance.domain)).rejects.toThrow('itself')
  await expect(unlimit('bad.example')).rejects.toThrow('not limited')
  await limit('odd.example')
  await unlimit('odd.example')
  expect(await DomainRule.findByPk('odd.example')).toMatchObject({ severity: 'noop', rejectMedia: true })
})
