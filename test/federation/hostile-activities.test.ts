import { generateKeyPairSync } from 'node:crypto'
import { Account } from '#core/accounts/account.model'
import { Tombstone } from '#core/accounts/tombstone.model'
import { accountUri, postUri } from '#core/addresses'
import { Notification } from '#core/notifications/notification.model'
import { Post } from '#core/posts/post.model'
import { Reaction } from '#core/reactions/reaction.model'
import { refreshAccount } from '#federation/find-account'
import type { Json } from '#federation/properties'
import { takeActivity } from '#federation/take-activity'
import { rows } from '#platform/db'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { closeListeners } from '#test/support/listener'
import { activityOf, noteOf, type RemoteActor, signedPost } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { type StubFediverse, startFediverse } from '#test/support/stub-actors'

let alice: Member
let good: StubFediverse
let evil: StubFediverse
let vic: RemoteActor
let mal: RemoteActor
beforeAll(async () => {
  ;[good, evil] = await Promise.all([startFediverse(), startFediverse()])
})
afterAll(closeListeners)
beforeEach(async () => {
  good.clear()
  evil.clear()
  ;[{ alice }, vic, mal] = await Promise.all([cast('alice'), good.actor('vic'), evil.actor('mal')])
  for (const { account } of [vic, mal]) await follow(alice, account)
})

const tell = async (actor: RemoteActor, activity: Json | string) => {
  const receipt = await takeActivity(signedPost(actor, activity))
  await settle()
  return receipt
}
/** Everything that an activity could have changed. */
const state = async () => ({
  posts: await rows({}, 'SELECT * FROM posts ORDER BY id'),
  accounts: await rows({}, `SELECT * FROM accounts WHERE kind <> 'application' ORDER BY id`),
  follows: await rows({}, 'SELECT * FROM follows ORDER BY id'),
  reactions: await rows({}, 'SELECT * FROM reactions ORDER BY id'),
  notifications: await rows({}, 'SELECT * FROM notifications ORDER BY id'),
})

test('MASTODON-2.7.0-9830: what was deleted does not come back by its Create, the same or a fresh one', async () => {
  const tag = [{ type: 'Mention', href: accountUri(alice.account), name: '@alice' }]
  const create = activityOf(vic, 'Create', noteOf(vic, 'one', { tag }))
  await tell(vic, create)
  await tell(vic, activityOf(vic, 'Delete', `${vic.uri}/notes/one`))
  await Notification.destroy({ truncate: true, cascade: true })
  await rows({}, 'DELETE FROM received_activities')
  for (const again of [create, activityOf(vic, 'Create', noteOf(vic, 'one', { tag }))])
    expect((await tell(vic, again)).status).toBe(202)
  expect([await Post.count(), await Notification.count()]).toEqual([0, 0])
  expect(await Tombstone.findByPk(`${vic.uri}/notes/one`)).not.toBeNull()
})

test('CVE-2026-73090: nobody updates what another server holds, in any form', async () => {
  await tell(vic, activityOf(vic, 'Create', noteOf(vic, 'one')))
  good.serve('/users/vic/notes/one', noteOf(vic, 'one'))
  const before = await state()
  const updated = new Date(Date.now() + 1000).toISOString()
  const forged = noteOf(vic, 'one', { content: '<p>forged</p>', updated })
  const { id } = forged
  for (const object of [
    forged,
    { ...forged, attributedTo: mal.uri },
    { ...forged, attributedTo: [mal.uri, vic.uri] },
    { id, type: 'Note', content: '<p>forged</p>', updated },
    id,
    [forged, id],
    { type: 'Update', actor: vic.uri, object: forged },
    { id: `${String(id)}#x`, ...forged },
  ])
    await tell(mal, activityOf(mal, 'Update', object))
  await tell(mal, activityOf(mal, 'Update', { ...forged, type: 'Person', id: vic.uri, name: 'forged' }))
  expect(await state()).toEqual(before)
})

test('HOLLO-0.8.5-a: Delete takes away only what its actor owns, in any form', async () => {
  const own = await post(alice)
  await tell(vic, activityOf(vic, 'Create', noteOf(vic, 'one')))
  await tell(vic, activityOf(vic, 'Like', postUri(own)))
  const note = `${vic.uri}/notes/one`
  good.serve('/users/vic/notes/one', noteOf(vic, 'one'))
  const before = await state()
  const forms = (uri: string) => [
    uri,
    { type: 'Tombstone', id: uri },
    noteOf(vic, 'one'),
    [uri],
    [{ id: uri }],
    `${uri}#delete`,
  ]
  for (const uri of [note, postUri(own), vic.uri, accountUri(alice.account)])
    for (const object of forms(uri)) await tell(mal, activityOf(mal, 'Delete', object))
  for (const uri of [vic.uri, note])
    await takeActivity(signedPost(mal, { ...activityOf(vic, 'Delete', uri), actor: vic.uri })).then(() =>
      settle(),
    )
  expect(await state()).toEqual(before)
})

test('HOLLO-0.8.5-b: a post of another server is not taken from whoever carries it, but fetched once at most', async () => {
  const forged = noteOf(vic, 'new', { content: '<p>forged</p>' })
  const reply = noteOf(mal, 'reply', { inReplyTo: forged })
  const wrappers: [string, unknown, Json?][] = [
    ['Update', forged],
    ['Create', forged],
    ['Announce', forged],
    ['Like', forged],
    ['Add', forged, { target: `${mal.uri}/featured` }],
    ['Create', reply],
    ['Create', { ...activityOf(vic, 'Create', forged), actor: vic.uri }],
    ['Offer', forged],
  ]
  for (const [type, object, more] of wrappers) {
    good.requests.length = 0
    await tell(mal, activityOf(mal, type, object, more))
    expect([type, good.requests.length <= 1]).toEqual([type, true])
  }
  expect((await Post.findAll()).map(({ uri }) => uri)).toEqual([reply.id])
})

test('WPAP-2026-ANNOUNCE: what stands inside an activity is not done in the name of its author', async () => {
  const own = await post(alice)
  const like = activityOf(vic, 'Like', postUri(own))
  const follow = activityOf(vic, 'Follow', accountUri(alice.account))
  await tell(vic, like)
  await tell(vic, follow)
  await tell(vic, activityOf(vic, 'Create', noteOf(vic, 'one')))
  const before = await state()
  const inner = [
    activityOf(vic, 'Undo', like),
    activityOf(vic, 'Undo', follow),
    activityOf(vic, 'Delete', `${vic.uri}/notes/one`),
    activityOf(vic, 'Create', noteOf(vic, 'two')),
    activityOf(vic, 'Block', accountUri(alice.account)),
    activityOf(vic, 'Undo', activityOf(vic, 'Undo', like)),
  ]
  const collection = { type: 'OrderedCollection', orderedItems: inner }
  for (const type of ['Announce', 'Create', 'Add', 'Offer', 'Flag', 'Accept', 'Undo'])
    for (const object of [...inner, inner, collection]) await tell(mal, activityOf(mal, type, object))
  expect(await state()).toEqual(before)
})

test('GTS-3198, federation rules 77, 78: a refreshed actor keeps its id; its handle follows its domain, and its key only its own document', async () => {
  const before = await vic.account.reload()
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }) as string
  const key = { id: vic.keyId, owner: vic.uri, publicKeyPem }
  const said = { id: vic.uri, type: 'Person', name: 'forged', inbox: `${mal.uri}/inbox`, publicKey: key }
  await tell(mal, activityOf(mal, 'Update', said))
  expect((await vic.account.reload()).get()).toEqual(before.get())
  // What the activity says of its own actor does not count either: the document is fetched.
  good.describe('vic', { name: 'Vic' })
  await tell(vic, activityOf(vic, 'Update', said))
  const { id, uri, username, domain, inboxUrl, publicKeyPem: kept } = before
  expect(await vic.account.reload()).toMatchObject({
    id,
    uri,
    username,
    domain,
    inboxUrl,
    displayName: 'Vic',
    publicKeyPem: kept,
  })
  good.describe('vic', { publicKey: key })
  await tell(vic, activityOf(vic, 'Update', vic.uri))
  expect((await vic.account.reload()).publicKeyPem).toBe(publicKeyPem)
  good.describe('vic', { id: mal.uri })
  await refreshAccount({ actor: { kind: 'kith' } }, vic.account)
  expect(await vic.account.reload()).toMatchObject({ uri, username, publicKeyPem })
})

test('GHSA-37jf-59fg-9hpr: a refreshed actor takes over no id, page, key or followers of others', async () => {
  const [before, other] = [await vic.account.reload(), await alice.account.reload()]
  const ours = accountUri(alice.account)
  evil.describe('mal', {
    url: `http://localhost:3000/@alice`,
    followers: `${vic.uri}/followers`,
    featured: `${vic.uri}/featured`,
    publicKey: { id: vic.keyId, owner: mal.uri, publicKeyPem: mal.account.publicKeyPem },
  })
  await refreshAccount({ actor: { kind: 'kith' } }, mal.account)
  expect(await mal.account.reload()).toMatchObject({
    uri: mal.uri,
    url: null,
    followersUrl: null,
    featuredUrl: null,
    publicKeyId: null,
  })
  for (const id of [ours, vic.uri]) {
    evil.describe('mal', { id })
    await refreshAccount({ actor: { kind: 'kith' } }, mal.account)
  }
  expect((await vic.account.reload()).get()).toEqual(before.get())
  expect((await alice.account.reload()).get()).toEqual(other.get())
  expect(await Account.count({ where: { uri: ours } })).toBe(0)
})

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = (bits: number) =>
  generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({
    type: 'spki',
    format: 'pem',
  }) as string
const whole = pair.publicKey.export({ type: 'spki', format: 'pem' }) as string
const badKeys: [string, unknown][] = [
  ['empty', ''],
  ['truncated', whole.slice(0, 120)],
  ['no text', 42],
  ['a list', [whole]],
  ['1 MiB', `-----BEGIN PUBLIC KEY-----\n${'A'.repeat(1_000_000)}\n-----END PUBLIC KEY-----`],
  ['of 512 bits', pem(512)],
  ['of 1024 bits', pem(1024)],
  [
    'EC of another curve',
    generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey.export({ type: 'spki', format: 'pem' }),
  ],
  [
    'DSA',
    generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 224 }).publicKey.export({
      type: 'spki',
      format: 'pem',
    }),
  ],
  ['private', pair.privateKey.export({ type: 'pkcs8', format: 'pem' })],
  ['with comments', `Comment: hello\n${whole}\n# more`],
  ['two keys in one', `${whole}${pem(2048)}`],
]

test.each(badKeys)(
  'FEDIFY-825: a key that is %s verifies nothing and breaks nothing',
  async (_what, publicKeyPem) => {
    const id = evil.uri('stranger')
    evil.describe('stranger', { publicKey: { id: `${id}#main-key`, owner: id, publicKeyPem } })
    const stranger = { ...mal, uri: id, keyId: `${id}#main-key`, privateKey: pair.privateKey }
    const began = performance.now()
    const receipt = await takeActivity(
      signedPost(stranger, activityOf(stranger, 'Like', postUri(await post(alice)))),
    )
    expect(receipt.status).toBe(401)
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(await Reaction.count()).toBe(0)
  },
)

test('FEDIFY-825: a key in order verifies', async () => {
  const id = evil.uri('stranger')
  evil.describe('stranger', { publicKey: { id: `${id}#main-key`, owner: id, publicKeyPem: whole } })
  const stranger = { ...mal, uri: id, keyId: `${id}#main-key`, privateKey: pair.privateKey }
  expect((await tell(stranger, activityOf(stranger, 'Like', postUri(await post(alice))))).status).toBe(202)
  expect(await Reaction.count()).toBe(1)
})
