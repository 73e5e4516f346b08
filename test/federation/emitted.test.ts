import jsonld from 'jsonld'
import { instanceActor } from '#core/accounts/instance-actor'
import type { Account } from '#core/accounts/account.model'
import { accountUri, postUri } from '#core/addresses'
import { createPost } from '#core/posts/create-post'
import * as activities from '#federation/activities'
import { actorDocument } from '#federation/actors'
import { audienceOf } from '#federation/audience'
import { collectionDocument, partialFollowers, repliesDocument } from '#federation/collections'
import { loadContext } from '#federation/contexts'
import { documentAt } from '#federation/documents'
import { loadPosts, type WholePost } from '#federation/load-posts'
import { isJson, type Json } from '#federation/properties'
import * as groupActivities from '#federation/group-activities'
import * as quoteActivities from '#federation/quote-activities'
import { renderReaction } from '#federation/objects/reaction'
import { postDocument } from '#federation/objects/render-post'
import { inSeconds } from '#platform/clock'
import { as, cast, type Member, stranger } from '#test/factories/account'
import { group } from '#test/factories/group'
import { upload } from '#test/factories/medium'
import { boost, post } from '#test/factories/post'

let alice: Member
let ann: Account
let us: Account
let tea: Account
let rich: WholePost
let poll: WholePost
let boosted: WholePost
let quoting: WholePost

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
const whole = async ({ id }: { id: string }) => (await loadPosts([id]))[0]!

beforeEach(async () => {
  ;({ alice } = await cast('alice'))
  await alice.account.update({ fields: [{ name: 'Site', valueHtml: 'a.example' }] as never })
  ;[ann, us] = await Promise.all([stranger('ann'), instanceActor(alice.ctx)])
  const picture = await upload(alice, {
    fileKey: 'files/a/b.jpg',
    description: 'a wall',
    blurhash: 'LEHV6nWB2yk8pyo0adR*.7kCMdnj',
    focusX: 0.5,
    focusY: -0.5,
    meta: { original: { width: 3, height: 2 } } as never,
  })
  tea = await group(alice)
  const first = await post(alice, { text: 'first' })
  const draft = {
    text: 'hi @ann@remote.example @tea #tea',
    spoilerText: 'tea',
    mediaIds: [picture.id],
    replyToId: first.id,
  }
  rich = await whole(await as(alice, createPost, draft))
  const other = await post((await cast('bob')).bob, { quotePolicy: { automatic: ['public'], manual: [] } })
  quoting = await whole(await as(alice, createPost, { text: 'see this', quotedId: other.id }))
  const question = { options: ['tea', 'coffee'], isMultiple: false, expiresAt: inSeconds(-60) }
  poll = await whole(await post(alice, { poll: question }))
  const far = await post(ann, { uri: 'https://remote.example/notes/1' })
  boosted = await whole(await boost(alice, far))
})

const emitters: Record<string, unknown> = { ...activities, ...groupActivities, ...quoteActivities }
const make = (name: string, ...given: unknown[]): Json =>
  (emitters[name] as (...all: unknown[]) => Json)(...given)

/** One of each activity, by the name of what makes it; relays may or may not be there. */
async function made(): Promise<Record<string, Json>> {
  const { account } = alice
  const [me, theirs, note] = [accountUri(account), accountUri(ann), 'https://remote.example/notes/1']
  const follow = make('followActivity', '1', account, ann)
  const deed = { groupId: tea.id, actor: me, deedId: '10' }
  const tag = { accountId: account.id, featureId: '7', name: 'tea', displayName: 'Tea' }
  const pair = { quoting: { id: '8', authorId: ann.id, uri: note }, quoted: { ...rich, uri: null } }
  const picture = { url: 'https://a.example/cat.png', staticUrl: 'https://a.example/cat.png' }
  const said = renderReaction({ emoji: 'cat', picture } as never)
  const request = { requestUri: `${theirs}#q`, actor: theirs, instrument: note, quotedUri: postUri(rich) }
  const asked = { ...request, quotedAuthorId: account.id }
  const given: Record<string, unknown[]> = {
    createActivity: [rich],
    updatePostActivity: [poll, new Date()],
    deletePostActivity: [postUri(rich), account.id, audienceOf(rich)],
    announceActivity: [boosted],
    undoAnnounceActivity: [postUri(boosted), account.id, note],
    followActivity: ['1', account, ann],
    likeActivity: ['2', account, note, theirs, said],
    emojiReactActivity: ['2', account, note, theirs, said],
    singleFlagActivity: [{ id: '6', at: 0 }, us, note, { to: theirs, content: 'spam' }],
    blockActivity: ['3', account, ann],
    answerActivity: ['Accept', { id: '4', uri: `${theirs}#f` }, ann, account],
    undoActivity: [follow],
    voteActivity: ['5', account, 'tea', note, theirs],
    updateActorActivity: [await actorDocument(account), new Date()],
    deleteActorActivity: [me],
    flagActivity: ['6', us, [theirs, note], 'spam'],
    moveActivity: [me, theirs, new Date()],
    pinActivity: ['Add', { id: rich.id, authorId: account.id, uri: null }, 1],
    featureActivity: ['Remove', tag],
    quoteRequestActivity: [rich, note, theirs],
    quoteAnswerActivity: [asked, '9'],
    stampDocument: [pair],
    deleteStampActivity: [pair, [PUBLIC]],
    relayFollowActivity: [`${accountUri(us)}/follows/1`, null],
    relayAnnounceActivity: [rich],
    groupAnnounceActivity: [tea.id, make('createActivity', rich), 'one'],
    moderationActivity: ['Lock', deed, note],
    undoModerationActivity: [make('moderationActivity', 'Lock', deed, note)],
  }
  const names = Object.keys(emitters).filter((name) => /(Activity|Document)$/.test(name))
  expect(names.filter((name) => !given[name])).toEqual([])
  return Object.fromEntries(names.map((name) => [name, make(name, ...given[name]!)]))
}

/** Everything that is emitted, by what it is. */
async function emitted(): Promise<[string, Json][]> {
  const found = Object.entries(await made())
  const paths = ['', '/activity', '/likes', '/shares', '/replies', '/replies/page/0'].map(
    (part) => `posts/${rich.id}${part}`,
  )
  for (const path of ['', ...paths]) {
    const { pathname } = new URL(`${accountUri(alice.account)}/${path}`)
    const served = await documentAt(pathname.replace(/\/$/, ''), async () => undefined)
    found.push([`document ${path}`, served!.body])
  }
  for (const name of ['followers', 'following', 'outbox', 'featured', 'featured-tags'])
    for (const cursor of [undefined, 'first'])
      found.push([`${name} ${cursor}`, (await collectionDocument(alice.account, name, cursor))!])
  found.push(
    ['followers of one server', await partialFollowers(alice.account, 'remote.example')],
    ['our actor', await actorDocument(us)],
    ['a group', await actorDocument(tea)],
    ['its moderators', (await collectionDocument(tea, 'moderators'))!],
    ['a question', postDocument(poll)],
    ['a quote', postDocument(quoting)],
  )
  found.push(['replies', await repliesDocument(rich)])
  return found
}

const lists = new Set(
  `to cc tag attachment oneOf anyOf orderedItems items alsoKnownAs assertionMethod automaticApproval manualApproval
   always approvalRequired`.split(/\s+/),
)
const strings = new Set(
  'actor target id inbox outbox followers following featured inReplyTo attributedTo'.split(' '),
)
const bare = new Set(['Follow', 'Like', 'Announce', 'Block'])
const nullable = new Set(['summary', 'inReplyTo'])
const times = new Set(['published', 'updated', 'endTime', 'closed', 'deleted'])

/** What is against wire G1 in a document, by where it stands. */
function flaws(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => flaws(each, `${at}[${index}]`))
  if (!isJson(value)) return []
  const own = Object.entries(value).flatMap(([name, each]) => {
    const here = `${at}.${name}`
    if (name === '@context') return []
    if (each === null || each === undefined)
      return nullable.has(name) && each === null ? [] : [`${here} is empty`]
    if (lists.has(name) && !Array.isArray(each)) return [`${here} is no list`]
    if (strings.has(name) && typeof each !== 'string') return [`${here} is no text`]
    const isOfGroup = value.type === 'Announce' && isJson(each) && each.actor !== undefined
    if (name === 'object' && bare.has(String(value.type)) && typeof each !== 'string' && !isOfGroup)
      return [`${here} is no text`]
    if (times.has(name) && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/.test(String(each)))
      return [`${here} is no time`]
    if (['to', 'cc'].includes(name) && (each as string[]).some((to) => /Public$/i.test(to) && to !== PUBLIC))
      return [`${here} has everybody in short`]
    return flaws(each, here)
  })
  const isPost = ['Note', 'Question'].includes(String(value.type)) && value.content !== undefined
  const missing = ['to', 'cc', 'tag', 'attachment', 'summary', 'inReplyTo', 'sensitive'].filter(
    (name) => isPost && !(name in value),
  )
  const isActivity = value.actor !== undefined
  const host = isActivity && URL.parse(String(value.id))?.host === URL.parse(String(value.actor))?.host
  return [
    ...own,
    ...missing.map((name) => `${at} lacks ${name}`),
    ...(isActivity && !host ? [`${at} has a foreign id`] : []),
  ]
}

test('federation rule 201: everything that is emitted is written as all servers can read it', async () => {
  for (const [name, document] of await emitted()) {
    const sent = JSON.parse(JSON.stringify(document)) as Json
    expect([name, flaws(sent)]).toEqual([name, []])
    expect([name, Array.isArray(sent['@context'])]).toEqual([name, true])
    if (['Create', 'Update'].includes(String(sent.type)) && isJson(sent.object) && sent.object.content)
      expect([name, sent.object.to, sent.object.cc]).toEqual([name, sent.to, sent.cc])
  }
})

test('federation rule 201: the walk finds what is wrong', () => {
  const wrong = {
    type: 'Like',
    id: 'https://b.example/1',
    actor: 'https://a.example/',
    to: 'as:Public',
    object: {},
    x: null,
  }
  expect(flaws(wrong)).toHaveLength(4)
})

// ActivityStreams makes a nameless property or type of what no context knows.
async function lostIn(document: Json): Promise<string[]> {
  const sent = JSON.parse(JSON.stringify(document)) as object
  const expanded = await jsonld.expand(sent, { documentLoader: loadContext, safe: true })
  return JSON.stringify(expanded).match(/"_:[^"]+"/g) ?? []
}

test('federation rule 202: no property of what is emitted is lost when it is expanded with the bundled contexts', async () => {
  for (const [name, document] of await emitted()) expect([name, await lostIn(document)]).toEqual([name, []])
  expect(postDocument(quoting).quoteAuthorization).toBeDefined()
  const { '@context': _, ...bare } = postDocument(rich)
  const context = ['https://www.w3.org/ns/activitystreams']
  expect(await lostIn({ '@context': context, ...bare })).toContain('"_:interactionPolicy"')
})

test('federation rules 131, 136: nothing that is made names hidden recipients, and nothing but a public activity on its way carries a signature', async () => {
  const secret = await whole(await post(alice, { visibility: 'direct', mentions: [ann] }))
  const closed = await whole(await post(alice, { visibility: 'private' }))
  const more: [string, Json][] = [secret, closed].map((each) => ['closed', activities.createActivity(each)])
  for (const [name, document] of [...(await emitted()), ...more])
    expect([
      name,
      JSON.stringify(document).match(/"(bto|bcc|signature|proof|signatureValue|proofValue)":/),
    ]).toEqual([name, null])
})
