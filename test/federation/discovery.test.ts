import { instance } from '#config/instance'
import { endAccount } from '#core/accounts/end-account'
import { accountUri } from '#core/addresses'
import { cast, member, type Member } from '#test/factories/account'
import { request } from '#test/support/client'

let alice: Member
beforeEach(async () => ({ alice } = await cast('alice')))

const ask = (resource: string) =>
  request('GET', `/.well-known/webfinger?resource=${encodeURIComponent(resource)}`)
const domain = instance.domain

test('discovery-01, discovery-02: a handle in any case, the actor id and the profile address lead to one subject', async () => {
  const big = await member('Beatrix')
  const asked = [`acct:BEATRIX@${domain}`, `acct:beatrix@${domain.toUpperCase()}`, `@beatrix@${domain}`]
  for (const resource of [...asked, accountUri(big.account), `${instance.origin}/@Beatrix`]) {
    const { status, body } = await ask(resource)
    expect([resource, status, body.subject]).toEqual([resource, 200, `acct:Beatrix@${domain}`])
    expect(body.aliases).toEqual([`${instance.origin}/@Beatrix`, accountUri(big.account)])
    expect(body.links).toContainEqual({
      rel: 'self',
      type: 'application/activity+json',
      href: accountUri(big.account),
    })
  }
})

test('discovery-03: nobody is 404, whoever is gone 410, and nothing asked 400', async () => {
  await endAccount(alice.ctx, { accountId: alice.account.id })
  expect((await ask(`acct:nobody@${domain}`)).status).toBe(404)
  expect((await ask(`acct:alice@${domain}`)).status).toBe(410)
  expect((await request('GET', '/.well-known/webfinger')).status).toBe(400)
})

test('discovery-04: a profile page and a template to follow from elsewhere are told', async () => {
  const { body } = await ask(`acct:alice@${domain}`)
  expect(body.links).toContainEqual(
    expect.objectContaining({
      rel: 'http://webfinger.net/rel/profile-page',
      href: `${instance.origin}/@alice`,
    }),
  )
  const subscribe = body.links.find(({ rel }: { rel: string }) => rel.endsWith('/subscribe'))
  expect(subscribe.template).toBe(`${instance.origin}/authorize_interaction?uri={uri}`)
})

test('discovery-09, actors-11: an actor carries its own handle, and who may search it', async () => {
  const get = async () =>
    (
      await request('GET', `/users/${alice.account.id}`, undefined, {
        headers: { Accept: 'application/activity+json' },
      })
    ).body
  await alice.account.update({ isIndexable: false })
  expect(await get()).toMatchObject({
    webfinger: `alice@${domain}`,
    indexable: false,
    searchableBy: [accountUri(alice.account)],
  })
  await alice.account.update({ isIndexable: true })
  expect((await get()).searchableBy).toEqual(['https://www.w3.org/ns/activitystreams#Public'])
})
