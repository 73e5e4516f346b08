import { Account } from '#core/accounts/account.model'
import { accountUri, postUri } from '#core/addresses'
import { Post } from '#core/posts/post.model'
import { Reaction } from '#core/reactions/reaction.model'
import { findPost } from '#federation/find-post'
import type { Json } from '#federation/properties'
import type { Id } from '#platform/ids'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { boost, post } from '#test/factories/post'
import { client } from '#test/support/client'
import { closeListeners } from '#test/support/listener'
import { activityOf, noteOf, type RemoteActor, remoteActor, tell } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { type StubFediverse, startFediverse } from '#test/support/stub-actors'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

let alice: Member
let far: StubFediverse
let ann: RemoteActor
let joe: RemoteActor

beforeAll(async () => {
  far = await startFediverse()
})
afterAll(closeListeners)
beforeEach(async () => {
  far.clear()
  ;[{ alice }, ann, joe] = await Promise.all([cast('alice'), far.actor('ann'), remoteActor('joe')])
  await Account.update({ followingUrl: `${ann.uri}/following` }, { where: { id: ann.account.id } })
  await ann.account.reload()
  await follow(alice, ann)
  await follow(alice, joe)
})

const rule = (automatic: unknown, manual: unknown = []) => ({
  automaticApproval: automatic,
  manualApproval: manual,
})
const nobody = { canReply: rule([]), canLike: rule([]), canAnnounce: rule([]) }

/** A post of Ann's that says who may do what with it. */
async function restricted(name: string, interactionPolicy: unknown, more: Json = {}): Promise<Post> {
  const note = noteOf(ann, name, { interactionPolicy, ...more })
  await tell(ann, activityOf(ann, 'Create', note))
  return Post.findOne({ where: { uri: String(note.id) }, rejectOnEmpty: true })
}

/** What alice is answered when she replies to it, likes it and boosts it. */
async function tries({ id }: Post): Promise<{ reply: number; like: number; boost: number; says: string[] }> {
  const app = client(alice)
  const answers = [
    await app.post('/api/v1/statuses', { status: 'well', in_reply_to_id: id }),
    await app.post(`/api/v1/statuses/${id}/favourite`),
    await app.post(`/api/v1/statuses/${id}/reblog`),
  ]
  const [reply, like, boosted] = answers.map(({ status }) => status)
  return {
    reply: reply!,
    like: like!,
    boost: boosted!,
    says: answers.flatMap(({ body }) => (body.error ? [String(body.error)] : [])),
  }
}

/** What of Joe's reply, like and boost was taken. */
async function takenOf(target: Post, name: string, more: Json = {}): Promise<string[]> {
  const reply = noteOf(joe, name, { inReplyTo: target.uri, ...more })
  await tell(joe, activityOf(joe, 'Create', reply))
  await tell(joe, activityOf(joe, 'Like', target.uri, more))
  await tell(joe, activityOf(joe, 'Announce', target.uri, more))
  const { id: accountId } = joe.account
  const [replies, likes, boosts] = await Promise.all([
    Post.count({ where: { uri: String(reply.id) } }),
    Reaction.count({ where: { accountId, postId: target.id } }),
    Post.count({ where: { authorId: accountId, boostOfId: target.id } }),
  ])
  return [...(replies ? ['reply'] : []), ...(likes ? ['like'] : []), ...(boosts ? ['boost'] : [])]
}

test('federation rule 217: what the author of a post forbids is not sent from here, and the member is told why', async () => {
  const closed = await restricted('closed', nobody)
  expect(await tries(closed)).toEqual({
    reply: 422,
    like: 422,
    boost: 422,
    says: [
      'The author of this post does not let you reply to it',
      'The author of this post does not let you like it',
      'The author of this post does not let you boost it',
    ],
  })
  const { id: boostId } = await boost(joe, closed, { uri: `${joe.uri}/boosts/1` })
  expect((await client(alice).post(`/api/v1/statuses/${boostId}/favourite`)).status).toBe(422)
  await settle()
  expect(await Reaction.count()).toBe(0)
  expect(await Post.count({ where: { authorId: alice.account.id } })).toBe(0)
})

test('federation rule 217: who may is told by the policy: all, followers, people one follows, accounts, old words, parts', async () => {
  const all = { reply: 200, like: 200, boost: 200, says: [] }
  const { followersUrl, followingUrl } = ann.account
  const aliceUri = accountUri(alice.account)
  const only = (one: unknown) => ({ canReply: rule(one), canLike: rule(one), canAnnounce: rule(one) })
  expect(await tries(await restricted('open', only(PUBLIC)))).toEqual(all)
  expect(await tries(await restricted('followers', only([followersUrl])))).toEqual(all)
  expect(await tries(await restricted('named', only([ann.uri, aliceUri])))).toEqual(all)
  expect(await tries(await restricted('asked', { canReply: rule([], [PUBLIC]) }))).toEqual(all)
  expect(await tries(await restricted('parts', { canLike: {}, canQuote: rule([]) }))).toEqual(all)
  expect(
    await tries(await restricted('old', { canReply: { always: [PUBLIC], approvalRequired: [] } })),
  ).toEqual(all)
  expect(await tries(await restricted('odd', 'nobody'))).toEqual(all)
  expect(await tries(await restricted('following', only([followingUrl])))).toMatchObject({
    reply: 422,
    like: 422,
  })
  await follow(ann, alice)
  expect(await tries(await restricted('followed', only([followingUrl])))).toEqual(all)
})

test('federation rules 217, 218: whom a post names may answer it, and what its author says later counts', async () => {
  const tag = [{ type: 'Mention', href: accountUri(alice.account) }]
  const named = await restricted('named', nobody, { tag })
  expect(await tries(named)).toMatchObject({ reply: 200, like: 422, boost: 422 })
  const edit = noteOf(ann, 'named', {
    tag,
    interactionPolicy: { canLike: rule(PUBLIC) },
    updated: new Date().toISOString(),
  })
  await tell(ann, activityOf(ann, 'Update', edit))
  expect(await tries(named)).toMatchObject({ like: 200, boost: 200 })
})

test('federation rule 217: what comes from elsewhere against the policy of a post is dropped', async () => {
  expect(await takenOf(await restricted('open', { canReply: rule(PUBLIC) }), 'a')).toEqual([
    'reply',
    'like',
    'boost',
  ])
  expect(await takenOf(await restricted('closed', nobody), 'b')).toEqual([])
  expect(
    await takenOf(await restricted('partly', { canReply: rule([]), canAnnounce: rule([joe.uri]) }), 'c'),
  ).toEqual(['like', 'boost'])
  // Whether Joe follows Ann is not known here.
  expect(
    await takenOf(await restricted('followers', { canReply: rule([ann.account.followersUrl]) }), 'd'),
  ).toEqual(['like', 'boost'])
})

test('federation rule 217: what needs the yes of the author is taken with a stamp that fits, and not without', async () => {
  const target = await restricted('asked', { canReply: rule([], [PUBLIC]) })
  const stampOf = (name: string, more: Json = {}): string => {
    const id = `http://${far.domain}/stamps/${name}`
    const interactingObject = `${joe.uri}/notes/${name}`
    const stamp = {
      id,
      type: 'ReplyAuthorization',
      attributedTo: ann.uri,
      interactingObject,
      interactionTarget: target.uri,
    }
    far.serve(`/stamps/${name}`, { ...stamp, ...more })
    return id
  }
  const replies = async (name: string, more: Json = {}) =>
    (await takenOf(target, name, more)).includes('reply')
  expect(await replies('none')).toBe(false)
  expect(
    await replies('other', {
      replyAuthorization: stampOf('other', { interactingObject: `${joe.uri}/notes/x` }),
    }),
  ).toBe(false)
  expect(await replies('type', { replyAuthorization: stampOf('type', { type: 'LikeAuthorization' }) })).toBe(
    false,
  )
  expect(await replies('foreign', { replyAuthorization: `${joe.uri}/stamps/1` })).toBe(false)
  expect(
    await replies('inline', { replyAuthorization: { id: `${ann.uri}/none`, type: 'ReplyAuthorization' } }),
  ).toBe(false)
  expect(await replies('new', { replyAuthorization: stampOf('new') })).toBe(true)
  expect(await replies('old', { approvedBy: stampOf('old', { type: 'ReplyApproval' }) })).toBe(true)
})

test('federation rule 217: a reply that is fetched is judged as one that comes', async () => {
  const target = await restricted('closed', nobody)
  const eve = await far.actor('eve')
  const [reply, other] = [noteOf(eve, 'reply', { inReplyTo: target.uri }), noteOf(eve, 'other')]
  for (const note of [reply, other]) far.serve(new URL(String(note.id)).pathname, note)
  expect(await findPost(alice.ctx, String(reply.id))).toBeNull()
  expect(await findPost(alice.ctx, String(other.id))).not.toBeNull()
})

test('federation rule 219: a refused reply stays in its thread for its author and those who follow them alone', async () => {
  const { bob, carol } = await cast('bob', 'carol')
  await follow(bob, alice)
  const target = await restricted('talk', { canReply: rule([], [PUBLIC]) })
  const reply = await post(alice, { replyTo: target })
  const under = await post(carol, { replyTo: reply })
  const shown = async (who?: Member): Promise<Id[]> => {
    const { body } = await client(who).get(`/api/v1/statuses/${target.id}/context`)
    return body.descendants.map(({ id }: { id: Id }) => id)
  }
  const uri = postUri(reply)
  const say = (by: RemoteActor, type: string, object: unknown) => tell(by, activityOf(by, type, object))
  await say(joe, 'Reject', uri)
  expect(await shown()).toEqual([reply.id, under.id])
  await say(ann, 'Reject', uri)
  expect(await shown()).toEqual([under.id])
  expect(await shown(carol)).toEqual([under.id])
  for (const who of [alice, bob]) expect(await shown(who)).toEqual([reply.id, under.id])
  await say(ann, 'Accept', uri)
  expect(await shown()).toEqual([reply.id, under.id])
  const request = {
    id: `${uri}#ask`,
    type: 'ReplyRequest',
    actor: ann.uri,
    object: target.uri,
    instrument: uri,
  }
  await say(ann, 'Reject', request)
  expect(await shown()).toEqual([under.id])
  expect(await Post.findByPk(reply.id)).not.toBeNull()
})

test('federation rule 217: a like or boost that the author refuses is taken back; the word of others changes nothing', async () => {
  const target = await restricted('shown', {})
  await client(alice).post(`/api/v1/statuses/${target.id}/favourite`)
  const boosted = await boost(alice, target)
  const like = await Reaction.findOne({ where: { postId: target.id }, rejectOnEmpty: true })
  const likeUri = `${accountUri(alice.account)}/likes/${like.id}`
  const say = (by: RemoteActor, object: unknown) => tell(by, activityOf(by, 'Reject', object))
  for (const each of [likeUri, postUri(boosted)]) await say(joe, each)
  expect([await Reaction.count(), await Post.count({ where: { boostOfId: target.id } })]).toEqual([1, 1])
  for (const each of [likeUri, `${postUri(boosted)}/activity`]) await say(ann, each)
  expect([await Reaction.count(), await Post.count({ where: { boostOfId: target.id } })]).toEqual([0, 0])
})
