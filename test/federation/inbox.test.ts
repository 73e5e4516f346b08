import { accountUri, postUri } from '#core/addresses'
import { Post } from '#core/posts/post.model'
import { Poll } from '#core/posts/polls/poll.model'
import { Reaction } from '#core/reactions/reaction.model'
import { Block } from '#core/relationships/block.model'
import { Follow } from '#core/relationships/follow.model'
import type { Json } from '#federation/properties'
import { rows } from '#platform/db'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { activityOf, noteOf, type RemoteActor, remoteActor, tell } from '#test/support/remote-actor'
import { sentActivities } from '#test/support/sent-activities'

let alice: Member
let ann: RemoteActor

beforeEach(async () => {
  ;[{ alice }, ann] = await Promise.all([cast('alice'), remoteActor('ann')])
})

const find = (name: string) => Post.findOne({ where: { uri: `${ann.uri}/notes/${name}` } })

test('Create by somebody a member follows becomes a post', async () => {
  await follow(alice.account, ann.account)
  await tell(ann, activityOf(ann, 'Create', noteOf(ann, 'one')))
  expect(await find('one')).toMatchObject({
    html: '<p>one</p>',
    visibility: 'public',
    authorId: ann.account.id,
  })
})

test('federation rule 34: Create that concerns nobody here is taken and forgotten', async () => {
  expect(await tell(ann, activityOf(ann, 'Create', noteOf(ann, 'one')))).toMatchObject({ status: 202 })
  expect(await find('one')).toBeNull()
})

test('Create that names a member becomes a post with the mention', async () => {
  const tag = [{ type: 'Mention', href: accountUri(alice.account), name: '@alice' }]
  const to = [accountUri(alice.account)]
  await tell(ann, activityOf(ann, 'Create', noteOf(ann, 'one', { tag, to, cc: [] }), { to }))
  const found = await find('one')
  expect(found?.visibility).toBe('direct')
  expect(
    await rows({}, 'SELECT account_id AS id, is_silent FROM mentions WHERE post_id = $1', [found?.id]),
  ).toEqual([{ id: alice.account.id, is_silent: false }])
})

test('federation rule 56: an object of another origin inside a Create is not believed', async () => {
  await follow(alice.account, ann.account)
  const forged = {
    ...noteOf(ann, 'one'),
    id: 'https://victim.example/notes/1',
    attributedTo: 'https://victim.example/users/vic',
  }
  await tell(ann, activityOf(ann, 'Create', forged))
  expect(await Post.count()).toBe(0)
})

test('federation rule 62: Update changes only posts of the sender', async () => {
  const mal = await remoteActor('mal', 'remote.example')
  await follow(alice.account, ann.account)
  await tell(ann, activityOf(ann, 'Create', noteOf(ann, 'one')))
  const edit = {
    ...noteOf(ann, 'one'),
    content: '<p>changed</p>',
    updated: new Date(Date.now() + 1000).toISOString(),
  }
  await tell(mal, activityOf(mal, 'Update', edit))
  expect((await find('one'))?.html).toBe('<p>one</p>')
  await tell(ann, activityOf(ann, 'Update', edit))
  expect((await find('one'))?.html).toBe('<p>changed</p>')
})

test('federation rule 63: Delete removes only posts of the sender', async () => {
  const mal = await remoteActor('mal', 'remote.example')
  await follow(alice.account, ann.account)
  await tell(ann, activityOf(ann, 'Create', noteOf(ann, 'one')))
  await tell(mal, activityOf(mal, 'Delete', `${ann.uri}/notes/one`))
  expect(await find('one')).not.toBeNull()
  await tell(ann, activityOf(ann, 'Delete', { type: 'Tombstone', id: `${ann.uri}/notes/one` }))
  expect(await find('one')).toBeNull()
})

test('R-023, federation rule 116: a Create that comes after its Delete is dropped', async () => {
  await follow(alice.account, ann.account)
  await tell(ann, activityOf(ann, 'Delete', `${ann.uri}/notes/one`))
  await tell(ann, activityOf(ann, 'Create', noteOf(ann, 'one')))
  expect(await find('one')).toBeNull()
})

test('R-023, federation rule 117: an Update that overtook its Create is the newer state', async () => {
  await follow(alice.account, ann.account)
  const newer = {
    ...noteOf(ann, 'one'),
    content: '<p>newer</p>',
    updated: new Date().toISOString(),
    published: '2026-01-01T00:00:00Z',
  }
  await tell(ann, activityOf(ann, 'Update', newer))
  await tell(ann, activityOf(ann, 'Create', { ...noteOf(ann, 'one'), published: '2026-01-01T00:00:00Z' }))
  expect((await find('one'))?.html).toBe('<p>newer</p>')
})

test('R-023: Undo that overtook its Like, Announce or Follow cancels it', async () => {
  const own = await post(alice, {})
  for (const [type, object] of [
    ['Like', postUri(own)],
    ['Announce', postUri(own)],
    ['Follow', accountUri(alice.account)],
  ] as const) {
    const done = activityOf(ann, type, object)
    await tell(ann, activityOf(ann, 'Undo', done))
    await tell(ann, done)
  }
  expect(await Reaction.count()).toBe(0)
  expect(await Post.count({ where: { boostOfId: own.id } })).toBe(0)
  expect(await Follow.count()).toBe(0)
})

test('Like and its Undo count once', async () => {
  const own = await post(alice, {})
  const like = activityOf(ann, 'Like', postUri(own))
  await tell(ann, activityOf(ann, 'Like', postUri(own)))
  await tell(ann, like)
  expect((await own.reload()).favouritesCount).toBe(1)
  await tell(ann, activityOf(ann, 'Undo', like))
  expect((await own.reload()).favouritesCount).toBe(0)
})

test('federation rule 65: nobody undoes what another did', async () => {
  const mal = await remoteActor('mal', 'remote.example')
  const own = await post(alice, {})
  const like = activityOf(ann, 'Like', postUri(own))
  await tell(ann, like)
  await tell(mal, activityOf(mal, 'Undo', like))
  await tell(mal, activityOf(mal, 'Undo', like.id))
  expect((await own.reload()).favouritesCount).toBe(1)
})

test('Announce becomes a boost, and its Undo ends it', async () => {
  const own = await post(alice, {})
  const boost = activityOf(ann, 'Announce', postUri(own))
  await tell(ann, boost)
  expect((await own.reload()).boostsCount).toBe(1)
  await tell(
    ann,
    activityOf(ann, 'Undo', { id: boost.id, type: 'Announce', actor: ann.uri, object: postUri(own) }),
  )
  expect((await own.reload()).boostsCount).toBe(0)
})

test('Follow of an open account is accepted, and the Accept holds the Follow', async () => {
  const follow = activityOf(ann, 'Follow', accountUri(alice.account))
  await tell(ann, follow)
  expect(await Follow.findOne()).toMatchObject({ state: 'accepted', followerId: ann.account.id })
  expect(await sentActivities()).toEqual([
    expect.objectContaining({
      type: 'Accept',
      object: expect.objectContaining({ id: follow.id, type: 'Follow', actor: ann.uri }),
    }),
  ])
})

test('federation rule 67: Accept counts only from the one who was asked', async () => {
  const mal = await remoteActor('mal', 'evil.example')
  const asked = await follow(alice, ann, 'pending')
  const activity = {
    id: `${accountUri(alice.account)}/follows/${asked.id}`,
    type: 'Follow',
    actor: accountUri(alice.account),
    object: ann.uri,
  }
  await tell(mal, activityOf(mal, 'Accept', activity))
  expect((await asked.reload()).state).toBe('pending')
  await tell(ann, activityOf(ann, 'Accept', activity.id))
  expect((await asked.reload()).state).toBe('accepted')
})

test('federation rule 68: Accept of a follow that was never sent has no effect', async () => {
  const follow = { type: 'Follow', actor: accountUri(alice.account), object: ann.uri }
  await tell(ann, activityOf(ann, 'Accept', follow))
  expect(await Follow.count()).toBe(0)
})

test('Block ends follows in both directions', async () => {
  await Promise.all([follow(alice.account, ann.account), follow(ann.account, alice.account)])
  await tell(ann, activityOf(ann, 'Block', accountUri(alice.account)))
  expect(await Follow.count()).toBe(0)
  expect(await Block.count()).toBe(1)
})

test('federation rules 125, 225: votes are counted, once, and are no posts', async () => {
  const own = await post(alice, {})
  const poll = await Poll.create({
    postId: own.id,
    options: ['Tea', 'Coffee'],
    tallies: [0, 0],
    votersCount: 0,
    expiresAt: new Date(Date.now() + 60_000),
  })
  const vote = {
    id: `${ann.uri}#votes/1`,
    type: 'Note',
    name: 'Coffee',
    attributedTo: ann.uri,
    inReplyTo: postUri(own),
    to: [accountUri(alice.account)],
  }
  await tell(ann, activityOf(ann, 'Create', vote))
  await tell(ann, activityOf(ann, 'Create', { ...vote, id: `${ann.uri}#votes/2` }))
  await tell(ann, activityOf(ann, 'Create', { ...vote, id: `${ann.uri}#votes/3`, name: 'Milk' }))
  expect(await poll.reload()).toMatchObject({ tallies: [0, 1], votersCount: 1 })
  expect(await Post.count()).toBe(1)
})

test.each(['', '<br>', '<p></p>', '<p><br /></p>\n'])(
  'federation rule 225: a vote whose content is %j is a vote, one that says something an answer',
  async (content) => {
    const own = await post(alice, {})
    const poll = await Poll.create({
      postId: own.id,
      options: ['Tea', 'Coffee'],
      tallies: [0, 0],
      votersCount: 0,
      isMultiple: true,
      expiresAt: new Date(Date.now() + 60_000),
    })
    const said = (more: Json) =>
      tell(
        ann,
        activityOf(ann, 'Create', noteOf(ann, 'v', { inReplyTo: postUri(own), name: 'Tea', ...more })),
      )
    await said({ content, summary: '', to: [accountUri(alice.account)], cc: [] })
    expect(await poll.reload()).toMatchObject({ tallies: [1, 0], votersCount: 1 })
    expect(await Post.count()).toBe(1)
    await said({ id: `${ann.uri}/notes/w`, name: 'Coffee', content: '<p>both<br></p>' })
    expect(await poll.reload()).toMatchObject({ tallies: [1, 0] })
    expect(await Post.count()).toBe(2)
  },
)

test('federation rule 64: an actor may end only itself', async () => {
  const mal = await remoteActor('mal', 'remote.example')
  await tell(mal, activityOf(mal, 'Delete', ann.uri))
  expect((await ann.account.reload()).goneAt).toBeNull()
  await tell(ann, activityOf(ann, 'Delete', ann.uri))
  expect((await ann.account.reload()).goneAt).not.toBeNull()
})

test('federation rule 34: types that nobody knows end quietly', async () => {
  expect(await tell(ann, activityOf(ann, 'Travel', 'https://a.example/1'))).toMatchObject({ status: 202 })
  expect(await rows({}, `SELECT id FROM owed_work WHERE kind = 'inbox'`)).toEqual([])
})
