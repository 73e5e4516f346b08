import { accountUri, postUri } from '#core/addresses'
import { createPost } from '#core/posts/create-post'
import { changePolicy } from '#core/posts/interactions/change-policy'
import { interactionPolicyIn } from '#federation/objects/read-policy'
import type { Json } from '#federation/properties'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { activityOf, noteOf, type RemoteActor, remoteActor, tell } from '#test/support/remote-actor'
import { sentActivities } from '#test/support/sent-activities'
import { settle } from '#test/support/settle'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

let alice: Member
let bob: Member
let ann: RemoteActor

beforeEach(async () => {
  ;[{ alice, bob }, ann] = await Promise.all([cast('alice', 'bob'), remoteActor('ann')])
  await follow(ann, alice)
})

const lastPolicy = async (type = 'Create'): Promise<Json> => {
  await settle()
  const [last] = (await sentActivities(type)).toReversed()
  return (last!.object as Json).interactionPolicy as Json
}

test('features interaction-policies-01: a post says who may reply, like and boost, in old words and new, and is read back so', async () => {
  const self = accountUri(alice.account)
  await createPost(alice.ctx, {
    text: 'hi @bob',
    interactionPolicy: {
      reply: { always: ['following', ann.uri], withApproval: ['public'] },
      like: { always: ['followers', 'mentioned'], withApproval: [] },
      boost: { always: [], withApproval: [] },
    },
  })
  const said = (automatic: string[], manual: string[] = []) => ({
    automaticApproval: automatic,
    manualApproval: manual,
    always: automatic,
    approvalRequired: manual,
  })
  const named = accountUri(bob.account)
  const policy = await lastPolicy()
  expect(policy).toMatchObject({
    canReply: said([self, named, `${self}/following`, ann.uri], [PUBLIC]),
    canLike: said([self, `${self}/followers`, named]),
    canAnnounce: said([self]),
    canQuote: said([PUBLIC]),
  })
  const author = alice.account
  author.set({ followersUrl: `${self}/followers`, followingUrl: `${self}/following` })
  expect(interactionPolicyIn({ interactionPolicy: policy }, author)).toEqual({
    reply: { automatic: [self, named, 'following', ann.uri], manual: ['public'] },
    like: { automatic: [self, 'followers', named], manual: [] },
    boost: { automatic: [self], manual: [] },
  })
})

test('features interaction-policies-01: a change of the policy alone is told as what it is', async () => {
  const { id: postId } = await createPost(alice.ctx, { text: 'hello' })
  expect(await lastPolicy()).toMatchObject({ canReply: { automaticApproval: [PUBLIC] } })
  await changePolicy(alice.ctx, { postId, policy: { reply: { always: ['followers'], withApproval: [] } } })
  const self = accountUri(alice.account)
  expect(await lastPolicy('Update')).toMatchObject({
    canReply: { automaticApproval: [self, `${self}/followers`], manualApproval: [] },
    canLike: { automaticApproval: [PUBLIC] },
  })
})

test('federation rule 217: what people elsewhere may not do with a post of a member is not taken from them', async () => {
  const joe = await remoteActor('joe')
  const only = { always: ['followers'], withApproval: [] }
  const mine = await createPost(alice.ctx, {
    text: 'mine',
    interactionPolicy: { reply: only, like: only, boost: only },
  })
  const taken = async (who: RemoteActor, name: string): Promise<number[]> => {
    const reply = noteOf(who, name, { inReplyTo: postUri(mine) })
    await tell(who, activityOf(who, 'Create', reply))
    await tell(who, activityOf(who, 'Like', postUri(mine)))
    await tell(who, activityOf(who, 'Announce', postUri(mine)))
    const { repliesCount, favouritesCount, boostsCount } = await mine.reload()
    return [repliesCount, favouritesCount, boostsCount]
  }
  expect(await taken(joe, 'a')).toEqual([0, 0, 0])
  expect(await taken(ann, 'b')).toEqual([1, 1, 1])
})
