import { postUri } from '#core/addresses'
import { Post } from '#core/posts/post.model'
import { nowhere } from '#core/remote'
import type { Json } from '#federation/properties'
import { recheckStamps } from '#federation/recheck-stamps'
import { rows } from '#platform/db'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
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
let target: Post

beforeAll(async () => {
  far = await startFediverse()
})
afterAll(closeListeners)
beforeEach(async () => {
  far.clear()
  ;[{ alice }, ann, joe] = await Promise.all([
    cast('alice'),
    far.actor('ann'),
    remoteActor('joe', 'joe.example'),
  ])
  await follow(alice, ann)
  await follow(alice, joe)
  const rule = { automaticApproval: [ann.uri], manualApproval: [PUBLIC] }
  const interactionPolicy = { canReply: rule, canLike: rule, canAnnounce: rule }
  const note = noteOf(ann, 'original', { interactionPolicy })
  await tell(ann, activityOf(ann, 'Create', note))
  target = await Post.findOne({ where: { uri: String(note.id) }, rejectOnEmpty: true })
})

let count = 0
/** A stamp of Ann's, as her server has it; gives its id. */
function stamp(type: string, interactingObject: unknown): string {
  const id = `http://${far.domain}/stamps/${(count += 1)}`
  const stamped = { id, type, attributedTo: ann.uri, interactingObject, interactionTarget: postUri(target) }
  far.serve(new URL(id).pathname, stamped)
  return id
}
const counts = async () => {
  const { repliesCount, favouritesCount, boostsCount } = await target.reload()
  return [repliesCount, favouritesCount, boostsCount]
}
/** A day later, when some of the stamps are there no more. */
async function recheck(gone: readonly string[]): Promise<void> {
  for (const id of gone) far.serve(new URL(id).pathname, { id, type: 'Tombstone' })
  await rows({}, `UPDATE interaction_requests SET answered_at = now() - interval '25 hours'`)
  await recheckStamps({ actor: { kind: 'kith' }, remote: nowhere })
  await settle()
}

/** Joe replies and boosts, with stamps. */
async function taken(): Promise<string[]> {
  const reply = noteOf(joe, `re${(count += 1)}`, { inReplyTo: target.uri })
  const announce = activityOf(joe, 'Announce', target.uri)
  const stamps = [stamp('ReplyAuthorization', reply.id), stamp('AnnounceAuthorization', announce.id)]
  await tell(joe, activityOf(joe, 'Create', { ...reply, replyAuthorization: stamps[0] }))
  await tell(joe, { ...announce, announceAuthorization: stamps[1] })
  return stamps
}

test('federation rule 214: what others did goes when the stamp that it was taken with is gone after a day', async () => {
  const [reply, announce] = await taken()
  await recheck([])
  expect(await counts()).toEqual([1, 0, 1])
  await recheckStamps({ actor: { kind: 'kith' }, remote: nowhere })
  await rows({}, 'UPDATE interaction_requests SET checked_at = NULL')
  await recheck([reply!])
  expect(await counts()).toEqual([0, 0, 1])
  await rows({}, 'UPDATE interaction_requests SET checked_at = NULL')
  await recheck([announce!])
  expect(await counts()).toEqual([0, 0, 0])
})

test('federation rule 214: it goes with the Delete of the stamp, by nobody but its author', async () => {
  for (const id of await taken()) {
    await tell(joe, activityOf(joe, 'Delete', id))
    expect((await counts()).includes(1)).toBe(true)
    await tell(ann, activityOf(ann, 'Delete', id))
  }
  expect(await counts()).toEqual([0, 0, 0])
})

test('federation rule 214: what members did goes too, but that a reply is left to them', async () => {
  const app = client(alice)
  const { body } = await app.post('/api/v1/statuses', { status: 'well', in_reply_to_id: target.id })
  await app.post(`/api/v1/statuses/${target.id}/favourite`)
  await app.post(`/api/v1/statuses/${target.id}/reblog`)
  await settle()
  const stamps: string[] = []
  for (const kind of ['Reply', 'Like', 'Announce']) {
    const [asked] = await rows<{ request: Json }>(
      {},
      'SELECT body::jsonb AS request FROM outgoing_activities WHERE type = $1',
      [`${kind}Request`],
    )
    const { id, type, instrument } = asked!.request
    stamps.push(stamp(`${kind}Authorization`, (instrument as Json).id))
    await tell(ann, activityOf(ann, 'Accept', { id, type }, { result: stamps.at(-1) }))
  }
  await recheck([])
  expect(await counts()).toEqual([1, 1, 1])
  await rows({}, 'UPDATE interaction_requests SET checked_at = NULL')
  await recheck(stamps)
  expect((await counts()).slice(1)).toEqual([0, 0])
  const thread = await client(undefined).get(`/api/v1/statuses/${target.id}/context`)
  expect(thread.body.descendants).toEqual([])
  expect((await app.get(`/api/v1/statuses/${body.id}`)).status).toBe(200)
})
