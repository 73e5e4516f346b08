import { federation } from '#config/federation'
import { accountUri } from '#core/addresses'
import { instanceActor } from '#core/accounts/instance-actor'
import { DomainRule } from '#core/instances/domain-rule.model'
import { answerObject } from '#federation/federation'
import type { Json } from '#federation/properties'
import type { RequestSnapshot } from '#federation/signatures/signature'
import { Forbidden } from '#platform/errors'
import { now } from '#platform/clock'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { request } from '#test/support/client'
import { type RemoteActor, remoteActor, signedGet } from '#test/support/remote-actor'

let alice: Member
let ann: RemoteActor
let postId: string
beforeEach(async () => {
  ;[{ alice }, ann] = [await cast('alice'), await remoteActor('ann')]
  ;({ id: postId } = await post(alice))
})

const bare = (path: string): RequestSnapshot => {
  const { signature: _, ...headers } = signedGet(ann, path).headers
  return { ...signedGet(ann, path), headers, now: now() }
}
const ask = async (snapshot: RequestSnapshot, mustBeSigned = true) => {
  const reply = await answerObject(snapshot, { mustBeSigned })
  return { ...reply, body: JSON.parse(reply?.body ?? 'null') as Json }
}
const base = () => `/users/${alice.account.id}`
const others = () => [
  ...['/outbox', '/outbox/page/first', '/followers', '/featured', '/posts/1'].map((part) => base() + part),
  ...['', '/activity', '/replies', '/likes'].map((part) => `${base()}/posts/${postId}${part}`),
  `/@alice/${postId}`,
  '/users/1/outbox',
  '/actor/outbox',
]

describe('federation rule 196: with authorized fetch', () => {
  test('an actor shows no more than what checks its signatures to whoever does not sign', async () => {
    await alice.account.update({ displayName: 'Alice of Wonderland' })
    for (const path of [base(), '/@alice']) {
      const { status, headers, body } = await ask(bare(path))
      expect([status, headers?.['Cache-Control']]).toEqual([200, 'private, no-store'])
      expect(body).toMatchObject({
        id: accountUri(alice.account),
        publicKey: { owner: accountUri(alice.account) },
      })
      expect(Object.keys(body).toSorted()).toEqual([
        '@context',
        'endpoints',
        'id',
        'inbox',
        'preferredUsername',
        'publicKey',
        'type',
      ])
      expect((await ask(signedGet(ann, path))).body.name).toBe('Alice of Wonderland')
    }
  })

  test('everything else is 401 without a good signature, whether it is there or not, and is there with one', async () => {
    await follow(ann, alice)
    const { privateKey } = await remoteActor('eve', 'eve.example')
    for (const path of others()) {
      expect([path, (await ask(bare(path))).status]).toEqual([path, 401])
      const forged = signedGet({ ...ann, privateKey }, path)
      expect([path, (await ask(forged)).status]).toEqual([path, 401])
      if (path.includes('/users/1/') || path.endsWith('/posts/1')) continue
      const { status, headers } = await ask(signedGet(ann, path))
      expect([path, status, headers?.['Cache-Control']]).toEqual([path, 200, 'private, no-store'])
    }
  })

  test('the actor of the instance is for everybody, and of whoever is gone everybody learns that', async () => {
    const us = await instanceActor(alice.ctx)
    expect(await ask(bare('/actor'))).toMatchObject({
      status: 200,
      body: { id: accountUri(us), outbox: expect.anything() },
    })
    await alice.account.update({ suspendedAt: now() })
    expect(await ask(bare(base()))).toMatchObject({ status: 410, body: { type: 'Tombstone' } })
  })

  test('a suspended domain gets nothing by signing', async () => {
    await DomainRule.create({ domain: 'remote.example', severity: 'suspend' })
    await expect(ask(signedGet(ann, base()))).rejects.toThrow(Forbidden)
  })

  test('is not asked for unless the operator wants it', async () => {
    expect(federation.mustBeSigned).toBe(false)
    for (const path of [base(), `${base()}/posts/${postId}`])
      expect((await ask(bare(path), federation.mustBeSigned)).status).toBe(200)
    const headers = { Accept: 'application/activity+json' }
    expect((await request('GET', base(), undefined, { headers })).body.name).toBe('alice')
  })
})
