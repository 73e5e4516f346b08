import { generateCryptoKeyPair, signJsonLd } from '@fedify/fedify'
import { accountUri, postUri } from '#core/addresses'
import type { Post } from '#core/posts/post.model'
import { blockAccount } from '#core/relationships/block-account'
import { loadContext } from '#federation/contexts'
import type { Json } from '#federation/properties'
import { rows } from '#platform/db'
import { as, cast, type Member, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { activityOf, noteOf, type RemoteActor, remoteActor, tell } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'

let alice: Member
let ann: RemoteActor
let own: Post
let keys: Awaited<ReturnType<typeof generateCryptoKeyPair>>
beforeAll(async () => void (keys = await generateCryptoKeyPair('RSASSA-PKCS1-v1_5')))
beforeEach(async () => {
  ;({ alice } = await cast('alice'))
  ann = await remoteActor('ann', 'ann.example')
  await follow(await stranger('fay', 'fay.example'), alice)
  await follow(await stranger('amy', 'ann.example'), alice)
  own = await post(alice)
  await settle()
  await forget()
})

const forget = () => rows({}, 'DELETE FROM outgoing_activities')
const signed = async (activity: Json): Promise<Json> =>
  (await signJsonLd(activity, keys.privateKey, new URL(ann.keyId), { contextLoader: loadContext })) as Json
const answer = (more: Json = {}) =>
  noteOf(ann, 'answer', { inReplyTo: postUri(own), to: [accountUri(alice.account), PUBLIC], ...more })
const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

/** What was passed on since the last look: to whom, in whose name, and as it went out. */
async function passed() {
  await settle()
  const found = await rows<{ inbox: string; senderId: string; body: string }>(
    {},
    `SELECT w.payload->>'inbox' AS inbox, o.sender_id AS "senderId", o.body
     FROM outgoing_activities AS o JOIN owed_work AS w ON (w.payload->>'activityId')::bigint = o.id AND w.kind = 'delivery'`,
  )
  await rows({}, `DELETE FROM owed_work WHERE kind = 'delivery'`)
  await forget()
  return found.map(({ inbox, senderId, body }) => ({ inbox, senderId, activity: JSON.parse(body) as Json }))
}
const only = (activity: Json) => [
  { inbox: 'https://fay.example/inbox', senderId: alice.account.id, activity },
]

test('inbox-forwarding-01, federation rule 143: an answer to a public post of a member is passed on as it came, once, and not back', async () => {
  const create = await signed(activityOf(ann, 'Create', answer()))
  await tell(ann, create)
  expect(await passed()).toEqual(only(create))
  await tell(ann, create)
  expect(await passed()).toEqual([])
})

test('inbox-forwarding-03: its edits and its end are passed on to the same', async () => {
  await tell(ann, await signed(activityOf(ann, 'Create', answer())))
  await passed()
  const edit = { ...answer(), content: '<p>new</p>', updated: new Date().toISOString() }
  const update = await signed(activityOf(ann, 'Update', edit))
  await tell(ann, update)
  expect(await passed()).toEqual(only(update))
  const end = await signed(activityOf(ann, 'Delete', { type: 'Tombstone', id: answer().id }))
  await tell(ann, end)
  expect(await passed()).toEqual(only(end))
})

test('dms-05, federation rule 143: what is not for everybody, has no signature of its own, or answers nobody here is not passed on', async () => {
  const closed = await post(alice, { visibility: 'private' })
  await passed()
  const far = await post(ann, { uri: 'https://ann.example/users/ann/notes/own' })
  const to = [accountUri(alice.account)]
  const cases: Json[] = [
    activityOf(ann, 'Create', answer({ id: `${ann.uri}/notes/1`, to, cc: [] }), { to }),
    activityOf(ann, 'Create', answer({ id: `${ann.uri}/notes/2`, inReplyTo: postUri(closed) })),
    activityOf(ann, 'Create', answer({ id: `${ann.uri}/notes/3`, inReplyTo: postUri(far) })),
    activityOf(ann, 'Delete', `${ann.uri}/notes/4`),
    activityOf(ann, 'Like', postUri(own)),
  ]
  for (const each of cases) await tell(ann, await signed(each))
  await tell(ann, activityOf(ann, 'Create', answer({ id: `${ann.uri}/notes/5` })))
  expect(await passed()).toEqual([])
})

test('inbox-forwarding-01: of somebody whom the member blocks, or who is limited here, nothing is passed on', async () => {
  await ann.account.update({ silencedAt: new Date() })
  await tell(ann, await signed(activityOf(ann, 'Create', answer())))
  expect(await passed()).toEqual([])
  await ann.account.update({ silencedAt: null })
  await as(alice, blockAccount, { accountId: ann.account.id })
  await passed()
  await tell(ann, await signed(activityOf(ann, 'Create', answer({ id: `${ann.uri}/notes/2` }))))
  expect(await passed()).toEqual([])
})
