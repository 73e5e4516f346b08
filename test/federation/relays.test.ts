import { accountUri, instanceActorUri, postUri } from '#core/addresses'
import { DomainRule } from '#core/instances/domain-rule.model'
import { createPost } from '#core/posts/create-post'
import { deletePost } from '#core/posts/delete-post'
import { editPost } from '#core/posts/edits/edit-post'
import { Post } from '#core/posts/post.model'
import { Follow } from '#core/relationships/follow.model'
import { Relay } from '#core/relays/relay.model'
import { subscribeToRelay } from '#core/relays/subscribe-to-relay'
import { unsubscribeFromRelay } from '#core/relays/unsubscribe-from-relay'
import type { Json } from '#federation/properties'
import { PUBLIC } from '#federation/vocabulary'
import { as, cast, type Member } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { answerOf, ask, operator, relayActor, subscribed } from '#test/support/relays'
import { activityOf, type RemoteActor, remoteActor, tell } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { stubActor } from '#test/support/stub-actor'
import { startStub, type StubServer } from '#test/support/stub-server'

let alice: Member
let stub: StubServer
let inbox: string
let home: RemoteActor
let vic: RemoteActor

beforeEach(async () => {
  stub = await startStub()
  inbox = `${stub.origin}/inbox`
  ;[{ alice }, home, vic] = await Promise.all([cast('alice'), relayActor(stub), remoteActor('vic')])
})
afterEach(() => stub.stop())

/** What reached the relay since the last look. */
async function arrived(): Promise<Json[]> {
  await settle({ except: ['schedule'] })
  return stub.arrivals.splice(0).map(({ activity }) => activity)
}

const stateOf = async (relay: Relay) => (await relay.reload()).state

/** A relay that took this instance in, and what was said until then out of the way. */
async function joined(url = inbox): Promise<Relay> {
  const relay = await subscribed(home, url)
  await arrived()
  return relay
}

describe('subscribing', () => {
  test('relays-01: a Mastodon-style relay gets a Follow of everything public by the instance actor in its inbox', async () => {
    const relay = await ask(inbox)
    expect(relay).toMatchObject({ kind: 'mastodon', accountId: null })
    await settle({ except: ['schedule'] })
    expect(stub.arrivals).toMatchObject([
      {
        path: '/inbox',
        activity: { id: relay.followUri, type: 'Follow', actor: instanceActorUri, object: PUBLIC },
      },
    ])
    await tell(home, answerOf(home, 'Accept', relay))
    expect(await relay.reload()).toMatchObject({ state: 'accepted', accountId: home.account.id })
  })

  test('relays-02: a LitePub-style relay is followed as an actor, follows back and is accepted, each time it asks', async () => {
    const relay = await ask(home.uri)
    expect(relay).toMatchObject({ kind: 'litepub', inboxUrl: inbox })
    expect(await arrived()).toMatchObject([{ type: 'Follow', actor: instanceActorUri, object: home.uri }])
    await tell(home, answerOf(home, 'Accept', relay, { object: home.uri }))
    for (const _ of [1, 2]) {
      const back = activityOf(home, 'Follow', instanceActorUri)
      await tell(home, back)
      expect(await arrived()).toMatchObject([
        { type: 'Accept', actor: instanceActorUri, object: { id: back.id, actor: home.uri } },
      ])
    }
    expect(await relay.reload()).toMatchObject({ state: 'accepted', followedBackAt: expect.any(Date) })
  })

  test.each([
    ['the id of the Follow alone', (relay: Relay) => relay.followUri],
    ['no id', () => ({ type: 'Follow', actor: instanceActorUri, object: PUBLIC })],
    [
      'an id of its own',
      () => ({ id: `${home.uri}/1`, type: 'Follow', actor: instanceActorUri, object: home.uri }),
    ],
  ])('wire 8.5: an Accept with %s is understood', async (_what, object) => {
    const relay = await ask(inbox)
    await tell(home, activityOf(home, 'Accept', object(relay)))
    expect(await stateOf(relay)).toBe('accepted')
  })

  test('federation rule 67: nobody else answers for a relay, before it did or afterwards', async () => {
    const [relay, mal] = [await ask(inbox), await stubActor(stub, 'mal')]
    const follow = { id: relay.followUri, type: 'Follow', actor: instanceActorUri, object: PUBLIC }
    const { id: _, ...bare } = follow
    await tell(vic, activityOf(vic, 'Accept', follow))
    await tell(vic, activityOf(vic, 'Accept', bare))
    await tell(mal, activityOf(mal, 'Accept', bare))
    await tell(mal, activityOf(mal, 'Accept', { ...follow, id: `${instanceActorUri}/follows/1` }))
    expect(await stateOf(relay)).toBe('pending')
    await tell(home, answerOf(home, 'Accept', relay))
    await tell(mal, activityOf(mal, 'Reject', follow))
    expect(await stateOf(relay)).toBe('accepted')
    expect(await Follow.count()).toBe(0)
  })

  test('federation rule 68: a relay that refused, also later, is asked anew before it counts', async () => {
    const relay = await joined()
    await tell(home, answerOf(home, 'Reject', relay))
    expect(await relay.reload()).toMatchObject({ state: 'rejected', lastProblem: expect.any(String) })
    await tell(home, answerOf(home, 'Accept', relay))
    expect(await stateOf(relay)).toBe('rejected')
    await as(alice, createPost, { text: 'one' })
    expect(await arrived()).toEqual([])
    expect(await stateOf(await joined())).toBe('accepted')
    expect(await Relay.count()).toBe(1)
  })

  test('who leaves a relay takes the Follow back, and sends it nothing more', async () => {
    const relay = await joined()
    await unsubscribeFromRelay(operator, { url: inbox })
    expect(await arrived()).toMatchObject([
      {
        type: 'Undo',
        actor: instanceActorUri,
        object: { id: relay.followUri, type: 'Follow', object: PUBLIC },
      },
    ])
    await as(alice, createPost, { text: 'one' })
    expect(await arrived()).toEqual([])
  })

  test('only staff subscribes, to what is a relay elsewhere, and once', async () => {
    await expect(as(alice, subscribeToRelay, { url: inbox })).rejects.toMatchObject({ name: 'Forbidden' })
    await ask(inbox)
    await expect(ask(inbox)).rejects.toMatchObject({ name: 'Conflict' })
    const wrong = [
      'relay.example',
      'ftp://relay.example/inbox',
      instanceActorUri,
      `${stub.origin}/nothing`,
      vic.uri,
    ]
    for (const each of wrong) await expect(ask(each)).rejects.toMatchObject({ name: 'Invalid' })
    await DomainRule.create({ domain: 'relay.example', severity: 'suspend' })
    await expect(ask('https://a.relay.example/inbox')).rejects.toMatchObject({ name: 'Invalid' })
    expect(await Relay.count()).toBe(1)
  })

  test('strangers cannot follow the instance actor', async () => {
    await joined()
    const mal = await stubActor(stub, 'mal')
    await tell(mal, activityOf(mal, 'Follow', instanceActorUri))
    expect(await arrived()).toEqual([])
    expect(await Follow.count()).toBe(0)
  })
})

describe('what members post', () => {
  test('relays-04: a Mastodon-style relay gets the Create, Update and Delete of a public post that nobody follows', async () => {
    await joined()
    const { id } = await as(alice, createPost, { text: 'one' })
    const uri = postUri({ id, authorId: alice.account.id, uri: null })
    const actor = accountUri(alice.account)
    expect(await arrived()).toMatchObject([{ type: 'Create', actor, to: [PUBLIC], object: { id: uri } }])
    await as(alice, editPost, { postId: id, text: 'two' })
    expect(await arrived()).toMatchObject([{ type: 'Update', actor, object: { id: uri } }])
    await as(alice, deletePost, { postId: id })
    expect(await arrived()).toMatchObject([{ type: 'Delete', actor, object: { id: uri } }])
  })

  test('relays-04: a LitePub-style relay gets an Announce by the instance actor, then the Update and the Delete', async () => {
    await joined(home.uri)
    const { id } = await as(alice, createPost, { text: 'one' })
    const object = postUri({ id, authorId: alice.account.id, uri: null })
    expect(await arrived()).toMatchObject([
      { type: 'Announce', actor: instanceActorUri, object, to: [PUBLIC] },
    ])
    await as(alice, editPost, { postId: id, text: 'two' })
    expect((await arrived()).map(({ type }) => type)).toEqual(['Update'])
    await as(alice, deletePost, { postId: id })
    expect((await arrived()).map(({ type }) => type)).toEqual(['Delete'])
    expect(await Post.count()).toBe(0)
  })

  test.each(['unlisted', 'private', 'direct'] as const)(
    'federation rules 135, 189: a relay gets nothing of a post that is %s, nor of a boost',
    async (visibility) => {
      await joined()
      const { id } = await as(alice, createPost, { text: 'one', visibility })
      await as(alice, editPost, { postId: id, text: 'two' })
      await as(alice, deletePost, { postId: id })
      await boost(alice, await post(alice, { visibility: 'unlisted' }))
      expect(await arrived()).toEqual([])
    },
  )

  test('federation rule 189: one that has not answered gets nothing but the question', async () => {
    await ask(inbox)
    await as(alice, createPost, { text: 'one' })
    expect((await arrived()).map(({ type }) => type)).toEqual(['Follow'])
  })
})
