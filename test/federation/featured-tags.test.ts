import { accountUri } from '#core/addresses'
import { Hashtag } from '#core/posts/hashtag.model'
import { featureTag } from '#core/tags/feature-tag'
import { FeaturedTag } from '#core/tags/featured-tag.model'
import { featuredTags } from '#core/tags/tag.queries'
import { unfeatureTag } from '#core/tags/unfeature-tag'
import { as, cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { client, request } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { activityOf, type RemoteActor, remoteActor, tell } from '#test/support/remote-actor'
import { sentActivities } from '#test/support/sent-activities'
import { settle } from '#test/support/settle'

let alice: Member
let ann: RemoteActor
const featuredUrl = 'https://remote.example/users/ann/featured'
const bees = { type: 'Hashtag', name: '#Bees', href: 'https://remote.example/tags/bees' }

beforeEach(async () => {
  ;[{ alice }, ann] = await Promise.all([
    cast('alice'),
    remoteActor('ann', 'remote.example', { featuredUrl }),
  ])
})

test('wire 5.1 the featured hashtags of a member are a collection that the actor names', async () => {
  await as(alice, featureTag, { name: 'Bees' })
  const uri = new URL(accountUri(alice.account)).pathname
  const headers = { Accept: 'application/activity+json' }
  const actor = (await request('GET', uri, undefined, { headers })).body
  expect(actor.featuredTags).toBe(`${accountUri(alice.account)}/featured-tags`)
  expect(actor['@context'].at(-1).featuredTags).toEqual({ '@id': 'toot:featuredTags', '@type': '@id' })
  const { status, body } = await request('GET', `${uri}/featured-tags`, undefined, { headers })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    id: actor.featuredTags,
    type: 'Collection',
    totalItems: 1,
    items: [{ type: 'Hashtag', name: '#Bees', href: 'http://localhost:3000/tags/bees' }],
  })
})

test('wire 8.10 followers elsewhere are told of what a member features and no longer features, each time', async () => {
  await follow(ann.account, alice.account)
  for (const _ of [1, 2]) {
    const { hashtagId } = await as(alice, featureTag, { name: 'Bees' })
    await as(alice, featureTag, { name: 'bees' })
    await settle()
    await as(alice, unfeatureTag, { hashtagId })
    await settle()
  }
  const told = await sentActivities()
  expect(told.map(({ type }) => type)).toEqual(['Add', 'Remove', 'Add', 'Remove'])
  expect(new Set(told.map(({ id }) => id)).size).toBe(4)
  expect(told[0]).toMatchObject({
    actor: accountUri(alice.account),
    object: { type: 'Hashtag', name: '#Bees' },
    target: `${accountUri(alice.account)}/featured`,
    to: ['https://www.w3.org/ns/activitystreams#Public'],
  })
})

test('ACCT-35 hashtags that an account elsewhere features are kept, counted from its posts here, and go again', async () => {
  await follow(alice.account, ann.account)
  await tell(ann, activityOf(ann, 'Add', bees, { target: featuredUrl }))
  await tell(ann, activityOf(ann, 'Add', bees, { target: featuredUrl }))
  await post(ann.account, { uri: 'https://remote.example/1', hashtags: [{ name: 'bees', display: 'Bees' }] })
  const { body } = await client().get(`/api/v1/accounts/${ann.account.id}/featured_tags`)
  expectEntity('Array<FeaturedTag>', body)
  expect(body).toMatchObject([{ name: 'Bees', statuses_count: '1' }])
  await tell(ann, activityOf(ann, 'Remove', bees, { target: { id: featuredUrl } }))
  expect(await featuredTags({}, ann.account.id)).toEqual([])
})

test('federation rule 69 nobody features for others, without being cared for, without end, or what is no hashtag', async () => {
  const mal = await remoteActor('mal', 'remote.example', {
    featuredUrl: 'https://remote.example/users/mal/featured',
  })
  await tell(mal, activityOf(mal, 'Add', bees, { target: mal.account.featuredUrl }))
  expect(await Hashtag.count()).toBe(0)
  await follow(alice.account, ann.account)
  await follow(alice.account, mal.account)
  await tell(mal, activityOf(mal, 'Add', bees, { target: featuredUrl }))
  await tell(ann, activityOf(ann, 'Add', bees, { target: `${featuredUrl}/other` }))
  for (const name of ['#a b', '', 'x'.repeat(5000), { evil: 1 }])
    await tell(ann, activityOf(ann, 'Add', { ...bees, name }, { target: featuredUrl }))
  expect(await FeaturedTag.count()).toBe(0)
  for (let at = 0; at < 3; at += 1) {
    const many = Array.from({ length: 15 }, (_, n) => ({ ...bees, name: `#tag${at}x${n}` }))
    await tell(ann, activityOf(ann, 'Add', many, { target: featuredUrl }))
  }
  expect(await FeaturedTag.count()).toBe(20)
})
