import { accountUri, postUri } from '#core/addresses'
import { Post } from '#core/posts/post.model'
import { Reaction } from '#core/reactions/reaction.model'
import { answerObject } from '#federation/federation'
import type { Json } from '#federation/properties'
import { rows } from '#platform/db'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { client } from '#test/support/client'
import { closeListeners } from '#test/support/listener'
import {
  activityOf,
  noteOf,
  type RemoteActor,
  remoteActor,
  signedGet,
  tell,
} from '#test/support/remote-actor'
import { sentActivities } from '#test/support/sent-activities'
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
  ;[{ alice }, ann, joe] = await Promise.all([
    cast('alice'),
    far.actor('ann'),
    remoteActor('joe', 'joe.example'),
  ])
  await follow(alice, ann)
  await follow(joe, alice)
})

let count = 0
/** A post of Ann's, who wants to be asked about everything. */
async function original(
  rule: Json = { automaticApproval: [ann.uri], manualApproval: [PUBLIC] },
): Promise<Post> {
  const interactionPolicy = { canReply: rule, canLike: rule, canAnnounce: rule }
  const note = noteOf(ann, `original${(count += 1)}`, { interactionPolicy })
  await tell(ann, activityOf(ann, 'Create', note))
  return Post.findOne({ where: { uri: String(note.id) }, rejectOnEmpty: true })
}

const requests = async (): Promise<Json[]> =>
  (await Promise.all(['ReplyRequest', 'LikeRequest', 'AnnounceRequest'].map(sentActivities))).flat()
const inboxesOf = async (activity: Json) =>
  rows<{ inbox: string }>(
    {},
    `SELECT w.payload->>'inbox' AS inbox FROM owed_work AS w
     JOIN outgoing_activities AS o ON w.payload->>'activityId' = o.id::text WHERE o.uri = $1`,
    [String(activity.id)],
  )

/** Alice replies to it, likes and boosts it; gives the id of the reply. */
async function interact({ id }: Post): Promise<Id> {
  const app = client(alice)
  const { body } = await app.post('/api/v1/statuses', { status: 'well @joe@joe.example', in_reply_to_id: id })
  await app.post(`/api/v1/statuses/${id}/favourite`)
  await app.post(`/api/v1/statuses/${id}/reblog`)
  await settle()
  return body.id
}

const types: Record<string, string> = {
  ReplyRequest: 'ReplyAuthorization',
  LikeRequest: 'LikeAuthorization',
  AnnounceRequest: 'AnnounceAuthorization',
}

/** The stamp for what a request wants, as Ann's server has it. */
function stampFor(request: Json, more: Json = {}): string {
  const { id: interactingObject } = request.instrument as Json
  const path = `/stamps/${(count += 1)}`
  const id = `http://${far.domain}${path}`
  const type = types[String(request.type)]
  const stamp = { id, type, attributedTo: ann.uri, interactingObject, interactionTarget: request.object }
  far.serve(path, { ...stamp, ...more })
  return id
}
const accept = (by: RemoteActor, { id, type }: Json, result: string | undefined) =>
  tell(by, activityOf(by, 'Accept', { id, type }, result ? { result } : {}))

test('features interaction-policies-02, 03: the author elsewhere is asked, alone, with what is wanted whole', async () => {
  const target = await original()
  const replyId = await interact(target)
  const asked = await requests()
  const self = accountUri(alice.account)
  const reply = postUri({ id: replyId, uri: null, authorId: alice.account.id })
  expect(asked).toMatchObject([
    {
      type: 'ReplyRequest',
      instrument: {
        id: reply,
        type: 'Note',
        inReplyTo: target.uri,
        to: [PUBLIC],
        cc: [`${self}/followers`, joe.uri],
        tag: [{ type: 'Mention', href: joe.uri }],
      },
    },
    { type: 'LikeRequest', instrument: { type: 'Like', actor: self, object: target.uri } },
    { type: 'AnnounceRequest', instrument: { type: 'Announce', actor: self, object: target.uri } },
  ])
  for (const request of asked) {
    expect(request).toMatchObject({ actor: self, object: target.uri, to: [ann.uri] })
    expect(await inboxesOf(request)).toEqual([{ inbox: ann.account.inboxUrl }])
    expect(request.instrument).not.toHaveProperty('@context')
  }
  for (const type of ['Create', 'Like', 'Announce']) expect(await sentActivities(type)).toEqual([])
  expect([await Reaction.count(), await Post.count({ where: { boostOfId: target.id } })]).toEqual([0, 0])
  expect((await client(undefined).get(`/api/v1/statuses/${replyId}`)).status).toBe(404)
  expect((await target.reload()).repliesCount).toBe(0)
})

test('features interaction-policies-03: a yes with a stamp that fits makes it happen, and the stamp is shown on', async () => {
  const target = await original()
  const replyId = await interact(target)
  const asked = await requests()
  for (const request of asked) {
    await accept(joe, request, stampFor(request))
    await accept(ann, request, stampFor(request, { interactingObject: `${joe.uri}/notes/1` }))
    await accept(ann, request, `${joe.uri}/stamps/1`)
  }
  expect(await sentActivities('Create')).toEqual([])
  const stamps: string[] = []
  for (const request of asked) {
    stamps.push(stampFor(request))
    await accept(ann, request, stamps.at(-1))
    await accept(ann, request, stamps.at(-1))
  }
  const [reply, like, announce] = stamps
  const ids = asked.map(({ instrument }) => (instrument as Json).id)
  expect(await sentActivities('Create')).toMatchObject([
    { object: { id: ids[0], replyAuthorization: reply, approvedBy: reply } },
  ])
  expect(await sentActivities('Like')).toMatchObject([
    { id: ids[1], likeAuthorization: like, approvedBy: like },
  ])
  expect(await sentActivities('Announce')).toMatchObject([
    { id: ids[2], announceAuthorization: announce, approvedBy: announce },
  ])
  const { repliesCount, favouritesCount, boostsCount } = await target.reload()
  expect([repliesCount, favouritesCount, boostsCount]).toEqual([1, 1, 1])
  expect((await client(undefined).get(`/api/v1/statuses/${replyId}`)).body).toMatchObject({
    visibility: 'public',
  })
})

test('features interaction-policies-03: a yes in the words of older servers counts, by the id of what is wanted', async () => {
  const target = await original()
  await interact(target)
  for (const request of await requests()) {
    const { id } = request.instrument as Json
    const type = String(types[String(request.type)]).replace('Authorization', 'Approval')
    const result = stampFor(request, {
      type,
      object: id,
      interactingObject: undefined,
      interactionTarget: undefined,
    })
    await tell(ann, activityOf(ann, 'Accept', id, { result }))
  }
  expect((await target.reload()).repliesCount).toBe(1)
  expect([target.favouritesCount, target.boostsCount]).toEqual([1, 1])
})

test('features interaction-policies-05: a no leaves a reply with its author, and the rest undone', async () => {
  const target = await original()
  const replyId = await interact(target)
  const asked = await requests()
  for (const { id } of asked) {
    await tell(joe, activityOf(joe, 'Reject', id))
    await tell(ann, activityOf(ann, 'Reject', id))
  }
  expect(await rows({}, 'SELECT DISTINCT state FROM interaction_requests')).toEqual([{ state: 'rejected' }])
  expect((await client(alice).get(`/api/v1/statuses/${replyId}`)).status).toBe(200)
  expect(await client(alice).post(`/api/v1/statuses/${target.id}/favourite`)).toMatchObject({ status: 422 })
  // Authors may think better of it.
  for (const request of asked) await accept(ann, request, stampFor(request))
  expect((await target.reload()).repliesCount).toBe(1)
})

test('federation rule 214: a stamp that is deleted takes what it let pass along', async () => {
  const target = await original()
  const replyId = await interact(target)
  const stamps: string[] = []
  for (const request of await requests()) {
    stamps.push(stampFor(request))
    await accept(ann, request, stamps.at(-1))
  }
  for (const stamp of stamps) {
    await tell(joe, activityOf(joe, 'Delete', stamp))
    expect(await rows({}, 'SELECT id FROM interaction_requests WHERE stamp_uri = $1', [stamp])).toHaveLength(
      1,
    )
    await tell(ann, activityOf(ann, 'Delete', stamp))
  }
  expect((await sentActivities('Undo')).map(({ object }) => (object as Json).type)).toEqual([
    'Like',
    'Announce',
  ])
  const { favouritesCount, boostsCount } = await target.reload()
  expect([favouritesCount, boostsCount]).toEqual([0, 0])
  const { body } = await client(undefined).get(`/api/v1/statuses/${target.id}/context`)
  expect(body.descendants).toEqual([])
  const update = (await sentActivities('Update')).at(-1)
  expect(update?.object).toMatchObject({ id: expect.stringContaining(replyId) })
  expect(update?.object).not.toHaveProperty('replyAuthorization')
})

test('a stamp that is given unasked to a reply which needed none is shown on', async () => {
  const target = await original({ automaticApproval: [ann.account.followersUrl], manualApproval: [] })
  const replyId = await interact(target)
  expect(await requests()).toEqual([])
  const [create] = await sentActivities('Create')
  const { id } = create!.object as Json
  const result = stampFor({ type: 'ReplyRequest', object: target.uri, instrument: { id } })
  await tell(ann, activityOf(ann, 'Accept', id, { result }))
  expect((await sentActivities('Update')).at(-1)?.object).toMatchObject({
    id: postUri({ id: replyId, uri: null, authorId: alice.account.id }),
    replyAuthorization: result,
  })
})

test('federation rule 192: a request can be fetched by whom it was told, while it waits', async () => {
  const target = await original()
  await interact(target)
  const fetched = async (by: RemoteActor, id: unknown): Promise<Json | undefined> => {
    try {
      const reply = await answerObject(signedGet(by, new URL(String(id)).pathname))
      return JSON.parse(reply?.body ?? 'null') as Json
    } catch (error) {
      if (error instanceof NotFound) return undefined
      throw error
    }
  }
  for (const request of await requests()) {
    expect(await fetched(ann, request.id)).toEqual(request)
    expect(await fetched(joe, request.id)).toBeUndefined()
    await accept(ann, request, stampFor(request))
    expect(await fetched(ann, request.id)).toBeUndefined()
  }
})

test('who wants it no more says so to the author who was asked', async () => {
  const target = await original()
  const replyId = await interact(target)
  await client(alice).post(`/api/v1/statuses/${target.id}/unfavourite`)
  await client(alice).post(`/api/v1/statuses/${target.id}/unreblog`)
  await settle()
  const ids = (await requests()).slice(1).map(({ instrument }) => (instrument as Json).id)
  const undone = (await sentActivities('Undo')).map(({ object }) => (object as Json).id)
  expect(undone.toSorted()).toEqual(ids.toSorted())
  await client(alice).delete(`/api/v1/statuses/${replyId}`)
  await settle()
  const [end] = await sentActivities('Delete')
  expect(end).toMatchObject({ object: { id: ((await requests())[0]!.instrument as Json).id } })
  expect(await inboxesOf(end!)).toEqual([{ inbox: ann.account.inboxUrl }])
})
