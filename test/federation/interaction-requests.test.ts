import { accountUri, postUri } from '#core/addresses'
import { authorizeRequest } from '#core/approvals/authorize-request'
import { rejectRequest } from '#core/approvals/reject-request'
import { createPost } from '#core/posts/create-post'
import type { AskedPolicy, AskedRule } from '#core/posts/interactions/choose-policy'
import { Post } from '#core/posts/post.model'
import { Reaction } from '#core/reactions/reaction.model'
import { documentAt } from '#federation/documents'
import type { Json } from '#federation/properties'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { activityOf, noteOf, type RemoteActor, remoteActor, tell } from '#test/support/remote-actor'
import { sentActivities } from '#test/support/sent-activities'
import { settle } from '#test/support/settle'

let alice: Member
let ann: RemoteActor
let joe: RemoteActor

beforeEach(async () => {
  ;[{ alice }, ann, joe] = await Promise.all([
    cast('alice'),
    remoteActor('ann'),
    remoteActor('joe', 'joe.example'),
  ])
  await follow(ann, alice)
})

const asked: AskedRule = { always: [], withApproval: ['public'] }
const followers: AskedRule = { always: ['followers'], withApproval: [] }
const every = (rule: AskedRule): AskedPolicy => ({ reply: rule, like: rule, boost: rule })
const original = (policy?: AskedPolicy) =>
  createPost(alice.ctx, { text: 'mine', ...(policy ? { interactionPolicy: policy } : {}) })

let count = 0
type Deed = { request: string; instrument: Json }

/** A reply, a Like and an Announce of a post, with what each is asked by. */
function deeds(who: RemoteActor, target: Post): Deed[] {
  const uri = postUri(target)
  const like = activityOf(who, 'Like', uri)
  const announce = activityOf(who, 'Announce', uri)
  // As GoToSocial writes them.
  const { actor, ...authored } = like
  return [
    { request: 'ReplyRequest', instrument: noteOf(who, `re${(count += 1)}`, { inReplyTo: uri }) },
    { request: 'LikeRequest', instrument: { ...authored, attributedTo: actor } },
    { request: 'AnnounceRequest', instrument: announce },
  ]
}
async function ask(who: RemoteActor, target: Post, { request, instrument }: Deed): Promise<Json> {
  const activity = activityOf(who, request, postUri(target), { instrument, to: accountUri(alice.account) })
  await tell(who, activity)
  return activity
}
/** Each of them as it comes by itself. */
const act = (who: RemoteActor, { request, instrument }: Deed) => {
  const { attributedTo, ...rest } = instrument
  if (request === 'ReplyRequest') return tell(who, activityOf(who, 'Create', instrument))
  return tell(who, request === 'LikeRequest' ? { ...rest, actor: attributedTo } : instrument)
}
const counts = async (target: Post) => {
  const { repliesCount, favouritesCount, boostsCount } = await target.reload()
  return [repliesCount, favouritesCount, boostsCount]
}
const waiting = async (): Promise<Id[]> =>
  (
    await rows<{ id: Id }>(
      {},
      `SELECT id FROM interaction_requests WHERE state = 'pending' ORDER BY created_at, id`,
    )
  ).map(({ id }) => id)
const documentOf = async (uri: unknown) => documentAt(new URL(String(uri)).pathname, async () => undefined)

const stampTypes = ['ReplyAuthorization', 'LikeAuthorization', 'AnnounceAuthorization']

test('features interaction-policies-03, 06: what the policy lets pass is answered at once, with a stamp for exactly that', async () => {
  for (const policy of [undefined, every(followers)]) {
    const target = await original(policy)
    for (const [at, deed] of deeds(ann, target).entries()) {
      const { id } = await ask(ann, target, deed)
      const accept = (await sentActivities('Accept')).at(-1)!
      const instrument = String(deed.instrument.id)
      expect(accept).toMatchObject({
        actor: accountUri(alice.account),
        to: [ann.uri],
        object: { type: deed.request, id, actor: ann.uri, object: postUri(target), instrument },
      })
      expect(await documentOf(accept.result)).toMatchObject({
        status: 200,
        body: {
          type: stampTypes[at],
          id: accept.result,
          attributedTo: accountUri(alice.account),
          interactingObject: instrument,
          interactionTarget: postUri(target),
        },
      })
    }
    expect(await counts(target)).toEqual([1, 1, 1])
  }
  expect(await sentActivities('Reject')).toEqual([])
})

test('features interaction-policies-03: what it forbids is refused, as is what is by somebody else or about something else', async () => {
  const target = await original(every(followers))
  for (const deed of deeds(joe, target)) {
    const { id } = await ask(joe, target, deed)
    const reject = (await sentActivities('Reject')).at(-1)!
    expect(reject).toMatchObject({ to: [joe.uri], object: { type: deed.request, id } })
    expect(reject).not.toHaveProperty('result')
  }
  const open = await original()
  for (const deed of [...deeds(joe, target), ...deeds(ann, open)]) await ask(joe, open, deed)
  const hidden = await createPost(alice.ctx, { text: 'hidden', visibility: 'private' })
  for (const deed of deeds(joe, hidden)) await ask(joe, hidden, deed)
  expect(await sentActivities('Reject')).toHaveLength(12)
  for (const each of [target, open, hidden]) expect(await counts(each)).toEqual([0, 0, 0])
  expect([await sentActivities('Accept'), await waiting()]).toEqual([[], []])
})

test('what needs a yes waits, unseen and uncounted, and is answered when its author says it', async () => {
  const target = await original(every(asked))
  const wanted = deeds(joe, target)
  for (const deed of wanted) {
    await ask(joe, target, deed)
    // Whoever asks twice is kept once.
    await ask(joe, target, deed)
  }
  expect([await counts(target), await Reaction.count()]).toEqual([[0, 0, 0], 0])
  expect([await sentActivities('Accept'), await sentActivities('Reject')]).toEqual([[], []])
  const requests = await waiting()
  expect(requests).toHaveLength(3)
  for (const id of requests) await authorizeRequest(alice.ctx, id)
  await settle()
  expect(await counts(target)).toEqual([1, 1, 1])
  const accepts = await sentActivities('Accept')
  const answered = accepts.map(({ object }) => (object as Json).instrument)
  expect(answered.toSorted()).toEqual(wanted.map(({ instrument }) => instrument.id).toSorted())
  for (const { result } of accepts) expect(await documentOf(result)).toMatchObject({ status: 200 })
  // What comes with its stamp later is known already.
  for (const deed of wanted) await act(joe, deed)
  expect([await counts(target), await waiting()]).toEqual([[1, 1, 1], []])
})

test('what comes without having been asked for waits in the same way, and is answered by its own id', async () => {
  const target = await original(every(asked))
  const wanted = deeds(joe, target)
  for (const deed of wanted) await act(joe, deed)
  expect(await counts(target)).toEqual([0, 0, 0])
  const [first, ...others] = await waiting()
  await rejectRequest(alice.ctx, first!)
  for (const id of others) await authorizeRequest(alice.ctx, id)
  await settle()
  expect((await counts(target)).reduce((sum, each) => sum + each)).toBe(2)
  const answers = [...(await sentActivities('Accept')), ...(await sentActivities('Reject'))]
  expect(answers.map(({ object }) => object).toSorted()).toEqual(
    wanted.map(({ instrument }) => instrument.id).toSorted(),
  )
  for (const answer of answers) expect(answer.target).toBe(postUri(target))
})

test('who may because of a follow is told so unasked, for others cannot know it', async () => {
  const target = await original(every(followers))
  for (const deed of deeds(ann, target)) await act(ann, deed)
  expect(await sentActivities('Accept')).toHaveLength(3)
  const open = await original()
  for (const deed of deeds(ann, open)) await act(ann, deed)
  expect(await sentActivities('Accept')).toHaveLength(3)
})

test('features interaction-policies-06: a yes that is taken back is told by the Delete of its stamp, which is gone', async () => {
  const target = await original(every(asked))
  for (const deed of deeds(joe, target)) await ask(joe, target, deed)
  const requests = await waiting()
  for (const id of requests) await authorizeRequest(alice.ctx, id)
  await settle()
  const stamps = (await sentActivities('Accept')).map(({ result }) => result)
  for (const id of requests) await rejectRequest(alice.ctx, id)
  await settle()
  expect(await counts(target)).toEqual([0, 0, 0])
  const ends = (await sentActivities('Delete')).map(({ object }) => object as Json)
  expect(ends.map(({ id }) => id).toSorted()).toEqual(stamps.toSorted())
  expect(ends.map(({ type }) => type).toSorted()).toEqual(stampTypes.toSorted())
  for (const stamp of stamps) await expect(documentOf(stamp)).rejects.toThrow()
})

test('who takes back what waits, before or after, leaves nothing', async () => {
  const target = await original(every(asked))
  const wanted = deeds(joe, target)
  for (const deed of wanted) await ask(joe, target, deed)
  const [reply, like, announce] = wanted.map(({ instrument }) => instrument)
  await tell(joe, activityOf(joe, 'Delete', reply!.id))
  await tell(joe, activityOf(joe, 'Undo', { ...like, actor: joe.uri }))
  await tell(joe, activityOf(joe, 'Undo', announce))
  expect([await waiting(), await Post.count()]).toEqual([[], 1])
})

test('what answers a reply that waits is not taken before that has its yes', async () => {
  const target = await original(every(asked))
  const [deed] = deeds(joe, target)
  await ask(joe, target, deed!)
  const under = noteOf(joe, 'under', { inReplyTo: String(deed!.instrument.id) })
  await tell(joe, activityOf(joe, 'Create', under))
  expect(await Post.count({ where: { uri: String(under.id) } })).toBe(0)
  const [request] = await waiting()
  await authorizeRequest(alice.ctx, request!)
  await tell(joe, activityOf(joe, 'Create', under))
  expect(await Post.count({ where: { uri: String(under.id) } })).toBe(1)
})
