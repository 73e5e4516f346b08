import { instance } from '#config/instance'
import { Post } from '#core/posts/post.model'
import { Reaction } from '#core/reactions/reaction.model'
import { Follow } from '#core/relationships/follow.model'
import { nowhere } from '#core/remote'
import { accountUri, postUri } from '#core/addresses'
import { answerObject } from '#federation/federation'
import { listen as listenTo, type Listener } from '#federation/listen'
import { processActivity } from '#federation/process-activity'
import type { Json } from '#federation/properties'
import { takeActivity } from '#federation/take-activity'
import { claim } from '#platform/claims'
import { deadLetters } from '#platform/dead-letters'
import { rows } from '#platform/db'
import { NotFound } from '#platform/errors'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { closeListeners } from '#test/support/listener'
import { activityOf, noteOf, type RemoteActor, signedPost, tell } from '#test/support/remote-actor'
import { type StubFediverse, startFediverse } from '#test/support/stub-actors'
import { learnTrades } from '#workers/queues'
import { Runner } from '#workers/runner'

let alice: Member
let far: StubFediverse
let ann: RemoteActor

beforeAll(async () => (far = await startFediverse()))
afterAll(closeListeners)
beforeEach(async () => {
  far.clear()
  ;[{ alice }, ann] = await Promise.all([cast('alice'), far.actor('ann')])
  await follow(alice, ann)
})

const left = () => rows({}, `SELECT payload, last_error FROM owed_work WHERE kind = 'inbox'`)

test('federation rule 35: a body of 1 MiB is read, one of a byte more is not looked at', async () => {
  const headers = { 'content-type': 'application/activity+json' }
  const send = (bytes: number) => client().post('/inbox', '{'.padEnd(bytes), { headers })
  expect((await send(1_048_576)).status).toBe(400)
  expect((await send(1_048_577)).status).toBe(413)
})

test('federation rule 39: nobody reads an inbox', async () => {
  const headers = { accept: 'application/activity+json' }
  for (const path of ['/inbox', '/actor/inbox', `/users/${alice.account.id}/inbox`]) {
    const url = new URL(path, instance.origin).href
    const request = { method: 'GET', url, headers: { accept: headers.accept }, rawBody: Buffer.alloc(0) }
    const answer = answerObject({ ...request, now: new Date() }).catch((error: unknown) => {
      if (error instanceof NotFound) return undefined
      throw error
    })
    expect(await answer).toBeUndefined()
    expect([404, 405]).toContain((await client().get(path, { headers })).status)
  }
})

describe('federation rule 41: an activity without an id', () => {
  const tellTwice = async (type: string, object: unknown) => {
    const { id: _, ...unnamed } = activityOf(ann, type, object)
    const first = await tell(ann, unnamed)
    expect(await tell(ann, unnamed)).toEqual({ status: 202, why: 'copy' })
    return first
  }

  test('is done once for each actor, type and object', async () => {
    const own = await post(alice)
    const note = noteOf(ann, 'one')
    const edit = { ...note, content: '<p>two</p>', updated: new Date(Date.now() + 1000).toISOString() }
    for (const [type, object] of [
      ['Create', note],
      ['Update', edit],
      ['Like', postUri(own)],
      ['Announce', postUri(own)],
      ['Follow', accountUri(alice.account)],
    ] as const)
      expect(await tellTwice(type, object)).toEqual({ status: 202, why: 'new' })
    expect((await Post.findOne({ where: { uri: String(note.id) } }))?.html).toBe('<p>two</p>')
    expect(await own.reload()).toMatchObject({ favouritesCount: 1, boostsCount: 1 })
    expect(await Follow.count({ where: { followerId: ann.account.id, state: 'accepted' } })).toBe(1)
    const mal = await far.actor('mal')
    const { id: _, ...another } = activityOf(mal, 'Like', postUri(own))
    await tell(mal, another)
    expect(await own.reload()).toMatchObject({ favouritesCount: 2 })
    await tellTwice('Delete', note.id)
    expect(await Post.findOne({ where: { uri: String(note.id) } })).toBeNull()
    await tellTwice('Block', accountUri(alice.account))
    expect(await Follow.count()).toBe(0)
  })

  test('about something without one is dropped', async () => {
    for (const object of [undefined, {}, { type: 'Note', content: 'x', attributedTo: ann.uri }, []]) {
      const { id: _, ...unnamed } = activityOf(ann, 'Create', object)
      expect((await tell(ann, unnamed)).status).toBe(403)
    }
    expect([await Post.count(), await left()]).toEqual([0, []])
  })
})

test('federation rule 43: an id that was used is refused when another actor brings it, and is still the first one’s', async () => {
  const mal = await far.actor('mal')
  const like = activityOf(ann, 'Like', postUri(await post(alice)))
  await tell(ann, like)
  const stolen = { ...activityOf(mal, 'Like', like.object), id: like.id }
  expect(await tell(mal, stolen)).toEqual({ status: 403, why: 'foreign-id' })
  expect((await tell(ann, like)).status).toBe(202)
  expect((await Reaction.findAll()).map(({ accountId }) => accountId)).toEqual([ann.account.id])
})

test('federation rule 45: of what is not signed well nothing is fetched but the key', async () => {
  const stranger = far.uri('stranger')
  far.describe('stranger', {})
  const actor = { ...ann, uri: stranger, keyId: `${stranger}#main-key` }
  const here = (path: string) => `http://${far.domain}/${path}`
  const activity = activityOf(actor, 'Create', here('object'), {
    '@context': [here('context'), 'https://www.w3.org/ns/activitystreams'],
    to: [here('people'), accountUri(alice.account)],
    instrument: here('instrument'),
    attachment: [{ type: 'Image', url: here('picture') }],
    signature: { type: 'RsaSignature2017', creator: here('creator'), signatureValue: 'x' },
    proof: { type: 'DataIntegrityProof', verificationMethod: here('method'), proofValue: 'z1' },
  })
  const request = signedPost(actor, activity)
  const rawBody = Buffer.from(request.rawBody.toString().replace('Create', 'Update'))
  expect((await takeActivity({ ...request, rawBody })).status).toBe(401)
  const { signature } = request.headers as Record<string, string>
  const spoilt = signature!.replace(/signature="./, (found) =>
    found.replace(/.$/, found.endsWith('A') ? 'B' : 'A'),
  )
  const headers = { ...request.headers, signature: spoilt }
  expect((await takeActivity({ ...request, headers })).status).toBe(401)
  expect(far.requests).toEqual(['GET /users/stranger'])
})

test.each([['Story:Reply'], ['Story:Reaction'], ['Kith:Unheard'], [['Story:Reply', 'Like:']]])(
  'federation rule 46: the type %j is taken, and stumbles over no parser',
  async (type) => {
    const object = { id: `${ann.uri}/stories/1`, type: 'Story:Reply', 'toot:x': [], content: 'x' }
    const activity = { ...activityOf(ann, 'Create', object), type, 'kith:y': { '@type': ':' } }
    expect(await tell(ann, activity)).toMatchObject({ status: 202 })
    expect(await tell(ann, activityOf(ann, 'Create', object))).toMatchObject({ status: 202 })
    expect(await left()).toEqual([])
    expect(await Post.count()).toBe(0)
  },
)

const broken: Json = {
  published: 'some day',
  updated: { at: 7 },
  summary: ['a', 1],
  contentMap: 'en',
  sensitive: { is: true },
  tag: [
    null,
    7,
    'x',
    { type: 'Mention', href: {} },
    { type: 'Hashtag', name: [] },
    { type: 'Emoji', icon: 4 },
  ],
  attachment: [null, { type: 'Image', url: 7 }, { type: ['Document'], width: 'wide' }],
  inReplyTo: { id: { id: 3 } },
  url: [{ href: 7 }, 'not an address'],
  replies: 42,
  quoteUrl: [[]],
  interactionPolicy: 'none',
  conversation: false,
  cc: [{ x: 1 }, 7],
}

test.each(Object.entries(broken))(
  'federation rule 47: a %s that cannot be read is dropped, not the post',
  async (name, value) => {
    expect(await tell(ann, activityOf(ann, 'Create', noteOf(ann, 'one', { [name]: value })))).toMatchObject({
      status: 202,
    })
    expect(await Post.findAll()).toEqual([expect.objectContaining({ html: '<p>one</p>' })])
    expect(await left()).toEqual([])
  },
)

test.each([['id'], ['type'], ['actor'], ['object']])(
  'federation rule 47: an activity whose %s cannot be read is none',
  async (name) => {
    await tell(ann, { ...activityOf(ann, 'Create', noteOf(ann, 'one')), [name]: [{ x: [] }] })
    expect(await Post.count()).toBe(0)
    expect(await left()).toEqual([])
  },
)

test('federation rule 51: what fails here is tried at least eight times, with pauses, and then kept', async () => {
  const ctx = { actor: { kind: 'kith' }, remote: nowhere } as const
  const fails: Listener = listenTo(['Like'], () => Promise.reject(new Error('something here is broken')))
  const { inbox } = (await learnTrades(ctx)).trades
  const runner = new Runner('inbox', { ...inbox!, handle: processActivity(ctx, new Map([['Like', fails]])) })
  await takeActivity(signedPost(ann, activityOf(ann, 'Like', postUri(await post(alice)))))
  let tries = 0
  for (let [row] = await claim('inbox', 1); row; [row] = await claim('inbox', 1)) {
    await runner.work(row)
    tries += 1
    expect(await claim('inbox', 1)).toEqual([])
    await rows({}, `UPDATE owed_work SET due_at = now() WHERE kind = 'inbox' AND dead_at IS NULL`)
  }
  expect(tries).toBeGreaterThanOrEqual(8)
  expect(await deadLetters('inbox')).toEqual([
    expect.objectContaining({ reason: 'Error: something here is broken' }),
  ])
})

// What nobody knows, under names that mean something to JavaScript or PostgreSQL too.
const strange = (): Json => ({
  ...Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`unheardOf${at}`, { at: [at, null] }])),
  ...JSON.parse(
    '{"__proto__": {"type": "Tombstone"}, "hasOwnProperty": 1, "toString": 2, "valueOf": [], "then": 3}',
  ),
  constructor: { prototype: [] },
  'dfrn:adjust': [[[[]]]],
  'https://odd.example/ns#mood': { type: 'Mood' },
  '': 'nothing',
  nul: 'nul\u0000',
  _misskey_unheard: true,
  raw: 1e308,
})

test('protocol-02: properties that nobody knows change nothing about what is read, wherever they stand', async () => {
  const mention = { type: 'Mention', href: accountUri(alice.account), name: '@alice' }
  const picture = {
    type: 'Image',
    mediaType: 'image/png',
    url: 'https://remote.example/1.png',
    name: 'a wall',
  }
  const emoji = {
    type: 'Emoji',
    name: ':cat:',
    icon: { type: 'Image', url: 'https://remote.example/cat.png' },
  }
  const read = async (name: string, also: Json) => {
    const hashtag = { ...also, type: 'Hashtag', name: '#tea' }
    const parts = [{ ...also, ...mention }, hashtag, { ...also, ...emoji }]
    const attachment = [{ ...also, ...picture }]
    const content = '<p>see :cat: <a href="https://a.example">this</a></p>'
    const note = noteOf(ann, name, { ...also, content, summary: 'tea', tag: parts, attachment })
    const sent = await tell(ann, { ...also, ...activityOf(ann, 'Create', note) })
    expect(sent.status).toBe(202)
    const { id } = await Post.findOne({ where: { uri: String(note.id) }, rejectOnEmpty: true })
    const { status, body } = await client(alice).get(`/api/v1/statuses/${id}`)
    expect(status).toBe(200)
    expectEntity('Status', body)
    const { content: html, spoiler_text: warning, mentions, tags, emojis, media_attachments: media } = body
    return {
      html,
      warning,
      mentions,
      tags,
      emojis,
      media: media.map((each: Json) => [each.remote_url, each.description]),
    }
  }
  const plain = await read('plain', {})
  expect(plain).toMatchObject({
    warning: 'tea',
    mentions: [{ username: 'alice' }],
    emojis: [{ shortcode: 'cat' }],
  })
  expect(await read('strange', strange())).toEqual(plain)
})
