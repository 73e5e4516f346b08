import { accountUri, postUri } from '#core/addresses'
import { Post } from '#core/posts/post.model'
import type { Json } from '#federation/properties'
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
  const rel = 'http://nodeinfo.diaspora.software/ns/schema/2.0'
  far.serve('/.well-known/nodeinfo', { links: [{ rel, href: `http://${far.domain}/nodeinfo/2.0` }] })
  far.serve('/nodeinfo/2.0', { software: { name: 'gotosocial', version: '0.19.2' } })
})

let count = 0
/** A post of Ann's, who wants to be asked about everything, as such servers write it. */
async function original(): Promise<Post> {
  const rule = { always: [ann.uri], approvalRequired: [PUBLIC] }
  const interactionPolicy = { canReply: rule, canLike: rule, canAnnounce: rule }
  const note = noteOf(ann, `original${(count += 1)}`, { interactionPolicy })
  await tell(ann, activityOf(ann, 'Create', note))
  return Post.findOne({ where: { uri: String(note.id) }, rejectOnEmpty: true })
}

const letters = async (type: string): Promise<Json[]> =>
  (
    await rows<{ letter: Json }>(
      {},
      `SELECT o.body::jsonb || jsonb_build_object('inboxes', ARRAY(SELECT w.payload->>'inbox' FROM owed_work AS w
         WHERE w.payload->>'activityId' = o.id::text)) AS letter FROM outgoing_activities AS o ORDER BY o.id`,
    )
  )
    .map(({ letter }) => letter)
    .filter((letter) => letter.type === type)

/** Alice replies to it, likes and boosts it; gives what Ann's server is sent. */
async function interact({ id }: Post): Promise<Json[]> {
  const app = client(alice)
  await app.post('/api/v1/statuses', { status: 'well @joe@joe.example', in_reply_to_id: id })
  await app.post(`/api/v1/statuses/${id}/favourite`)
  await app.post(`/api/v1/statuses/${id}/reblog`)
  await settle()
  return (await Promise.all(['Create', 'Like', 'Announce'].map(letters))).flat()
}

/** The yes of such a server: an Accept of the thing itself that names no stamp, and is one. */
const yes = (target: Post, object: unknown): Json => ({
  '@context': 'https://www.w3.org/ns/activitystreams',
  id: `${ann.uri}/accepts/01J${(count += 1)}`,
  type: 'Accept',
  actor: ann.uri,
  object,
  target: postUri(target),
  to: accountUri(alice.account),
  cc: [PUBLIC, `${ann.uri}/followers`],
})
const idOfDeed = ({ type, object, id }: Json): unknown => (type === 'Create' ? (object as Json).id : id)
const counts = async (target: Post) => {
  const { repliesCount, favouritesCount, boostsCount } = await target.reload()
  return [repliesCount, favouritesCount, boostsCount]
}

test('features interaction-policies-03: a server that knows no requests is sent what is wanted itself, for its author alone', async () => {
  const target = await original()
  const sent = await interact(target)
  expect(sent).toMatchObject([
    { type: 'Create', actor: accountUri(alice.account), object: { inReplyTo: target.uri, to: [PUBLIC] } },
    { type: 'Like', object: target.uri },
    { type: 'Announce', object: target.uri },
  ])
  for (const { inboxes } of sent) expect(inboxes).toEqual([ann.account.inboxUrl])
  for (const type of ['ReplyRequest', 'LikeRequest', 'AnnounceRequest'])
    expect(await letters(type)).toEqual([])
  expect(await counts(target)).toEqual([0, 0, 0])
})

test('features interaction-policies-03: its Accept is the stamp that is shown on, when it can be had', async () => {
  const target = await original()
  const sent = await interact(target)
  for (const deed of sent) {
    const accept = yes(target, idOfDeed(deed))
    await tell(joe, { ...accept, id: `${joe.uri}/accepts/1`, actor: joe.uri })
    expect((await counts(target))[sent.indexOf(deed)]).toBe(0)
    far.serve(new URL(String(accept.id)).pathname, accept)
    await tell(ann, accept)
  }
  expect(await counts(target)).toEqual([1, 1, 1])
  const [create] = (await letters('Create')).slice(1)
  const announce = (await letters('Announce')).at(-1)!
  expect(create).toMatchObject({ object: { approvedBy: expect.stringContaining(`${ann.uri}/accepts/`) } })
  expect(announce).toMatchObject({ approvedBy: expect.stringContaining(`${ann.uri}/accepts/`) })
  for (const { inboxes } of [create!, announce]) expect(inboxes).toContain('https://joe.example/inbox')
})

test('features interaction-policies-03: an Accept that cannot be had counts, and no stamp is made up for it', async () => {
  const target = await original()
  for (const deed of await interact(target)) await tell(ann, yes(target, idOfDeed(deed)))
  expect(await counts(target)).toEqual([1, 1, 1])
  const [create] = (await letters('Create')).slice(1)
  expect(create!.object).not.toHaveProperty('approvedBy')
  expect((await letters('Announce')).at(-1)).not.toHaveProperty('approvedBy')
})

test('federation rule 217: what others show as the Accept of the author is taken, as far as it fits', async () => {
  const target = await original()
  const stored = async (name: string, more: Json): Promise<number> => {
    const note = noteOf(joe, name, { inReplyTo: target.uri })
    const accept = { ...yes(target, note.id), ...more }
    far.serve(new URL(String(accept.id)).pathname, accept)
    await tell(joe, activityOf(joe, 'Create', { ...note, approvedBy: accept.id }))
    return Post.count({ where: { uri: String(note.id) } })
  }
  expect(await stored('other', { object: `${joe.uri}/notes/else` })).toBe(0)
  expect(await stored('forged', { actor: joe.uri })).toBe(0)
  expect(await stored('good', {})).toBe(1)
})

test('wire G5: from 0.20 on it is asked by requests', async () => {
  far.serve('/nodeinfo/2.0', { software: { name: 'gotosocial', version: '0.20.1' } })
  expect(await interact(await original())).toEqual([])
  expect(await letters('ReplyRequest')).toHaveLength(1)
})
