import { accountUri, postUri } from '#core/addresses'
import { DomainRule } from '#core/instances/domain-rule.model'
import { Post } from '#core/posts/post.model'
import { Reaction } from '#core/reactions/reaction.model'
import { inboxesOf } from '#federation/deliveries'
import { discoveryPaths } from '#federation/discovery-documents'
import { answerObject } from '#federation/federation'
import { refreshAccount } from '#federation/find-account'
import { statusOf } from '#server/middleware/answer-errors'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { client, request } from '#test/support/client'
import { closeListeners } from '#test/support/listener'
import { activityOf, noteOf, remoteActor, signedGet, tell } from '#test/support/remote-actor'
import { type StubFediverse, startFediverse } from '#test/support/stub-actors'

let alice: Member
let home: StubFediverse
beforeAll(async () => (home = await startFediverse()))
afterAll(closeListeners)
beforeEach(async () => {
  home.clear()
  ;({ alice } = await cast('alice'))
})

test('federation rule 170: a shared inbox on another server counts as long as the actor, fetched from its own id, names it', async () => {
  const ann = await home.actor('ann')
  const elsewhere = 'http://localhost:9/inbox'
  const endpoints = { sharedInbox: elsewhere }
  const said = { id: ann.uri, type: 'Person', inbox: `${ann.uri}/inbox`, endpoints }
  await tell(ann, activityOf(ann, 'Update', said))
  expect(await inboxesOf([ann.account.id])).toEqual([`${ann.uri}/inbox`])
  home.describe('ann', { endpoints })
  await refreshAccount(alice.ctx, ann.account)
  expect(await inboxesOf([ann.account.id])).toEqual([elsewhere])
  home.describe('ann', {})
  await refreshAccount(alice.ctx, ann.account)
  expect(await inboxesOf([ann.account.id])).toEqual([`${ann.uri}/inbox`])
})

test('federation rule 197: whoever signs from a suspended domain is refused everything but the actor of the instance', async () => {
  const [mal, ann] = [await remoteActor('mal', 'sub.bad.example'), await remoteActor('ann', 'fine.example')]
  await DomainRule.create({ domain: 'bad.example', severity: 'suspend' })
  const { id } = await post(alice, {})
  const base = `/users/${alice.account.id}`
  const paths = [
    '',
    '/outbox',
    '/outbox/page/first',
    '/followers',
    '/featured',
    `/posts/${id}`,
    `/posts/${id}/replies`,
  ]
  const all = [...paths.map((path) => base + path), '/@alice', `/@alice/${id}`, '/actor/outbox']
  const ask = (who: typeof mal, path: string) =>
    answerObject(signedGet(who, path)).then((reply) => reply?.status, statusOf)
  for (const path of all) {
    expect([path, await ask(ann, path)]).toEqual([path, 200])
    expect([path, await ask(mal, path)]).toEqual([path, 403])
  }
  expect(await ask(mal, '/actor')).toBe(200)
})

test('federation rule 156: what depends on who signed is kept by no cache, and what is public is the same for all', async () => {
  const dan = await remoteActor('dan', 'dan.example')
  const [open, closed] = [await post(alice, {}), await post(alice, { visibility: 'direct', mentions: [dan] })]
  const path = (of: Post) => `/users/${alice.account.id}/posts/${of.id}`
  const headers = { Accept: 'application/activity+json' }
  for (const of of [
    path(open),
    `/users/${alice.account.id}`,
    `/users/${alice.account.id}/outbox/page/first`,
  ]) {
    const plain = await request('GET', of, undefined, { headers })
    const signed = await answerObject(signedGet(dan, of))
    expect(JSON.parse(signed!.body)).toEqual(plain.body)
    expect(plain.headers.get('cache-control')).toMatch(/^public/)
  }
  const own = await answerObject(signedGet(dan, path(closed)))
  expect(own?.headers['Cache-Control']).toBe('private, no-store')
  expect(own?.headers.Vary).toMatch(/Accept, Signature, Signature-Input/)
  await DomainRule.create({ domain: 'bad.example', severity: 'suspend' })
  const Signature = 'keyId="https://bad.example/users/mal#main-key",signature="AAAA",headers="date"'
  for (const [of, more, status] of [
    [path(closed), {}, 404],
    [path(open), { Signature }, 403],
  ] as const) {
    const refused = await request('GET', of, undefined, { headers: { ...headers, ...more } })
    expect(refused.status).toBe(status)
    expect(refused.headers.get('cache-control')).toMatch(/no-store|private/)
    expect(refused.headers.get('vary')).toMatch(/Signature, Signature-Input/)
  }
})

test('federation rule 199: WebFinger, NodeInfo and host-meta need no signature, and mind no bad one', async () => {
  await DomainRule.create({ domain: 'bad.example', severity: 'suspend' })
  const bad = { Signature: 'keyId="https://bad.example/users/mal#main-key",signature="AAAA",headers="date"' }
  expect(discoveryPaths.toSorted()).toEqual([
    '/.well-known/host-meta',
    '/.well-known/host-meta.json',
    '/.well-known/nodeinfo',
    '/.well-known/webfinger',
    '/nodeinfo/2.0',
    '/nodeinfo/2.1',
  ])
  for (const path of discoveryPaths)
    for (const headers of [{}, bad]) {
      const asked = path.endsWith('webfinger') ? `${path}?resource=${accountUri(alice.account)}` : path
      expect([path, (await request('GET', asked, undefined, { headers })).status]).toEqual([path, 200])
    }
})

test('federation rule 211: likes are counted by who gave them, whatever count comes with a post', async () => {
  const ann = await remoteActor('ann', 'remote.example', { kind: 'group' })
  await follow(alice, ann)
  const likes = { id: `${ann.uri}/notes/one/likes`, type: 'Collection', totalItems: 5000 }
  const object = noteOf(ann, 'one', { type: 'Page', name: 'One', likes, shares: likes })
  await tell(ann, activityOf(ann, 'Create', object))
  const found = await Post.findOne({ where: { uri: String(object.id) }, rejectOnEmpty: true })
  expect([found.favouritesCount, found.boostsCount]).toEqual([0, 0])
  const [joe, zoe] = [await remoteActor('joe'), await remoteActor('zoe')]
  for (const fan of [joe, joe, zoe, joe]) await tell(fan, activityOf(fan, 'Like', object.id))
  expect((await found.reload()).favouritesCount).toBe(2)
  expect(await Reaction.count()).toBe(2)
})

test('federation rule 218: the author of a post and whom it names may always answer', async () => {
  const ann = await remoteActor('ann')
  for (const visibility of ['public', 'private', 'direct'] as const) {
    const own = await post(alice, { visibility, mentions: [ann], quotePolicy: { automatic: [], manual: [] } })
    const to = [accountUri(alice.account)]
    const reply = noteOf(ann, visibility, { inReplyTo: postUri(own), to, cc: [] })
    await tell(ann, activityOf(ann, 'Create', reply, { to }))
    expect(await Post.findOne({ where: { uri: String(reply.id) } })).toMatchObject({ replyToId: own.id })
    const { status } = await client(alice).post('/api/v1/statuses', {
      status: 'and another thing',
      in_reply_to_id: own.id,
      visibility,
    })
    expect(status).toBe(200)
  }
})
