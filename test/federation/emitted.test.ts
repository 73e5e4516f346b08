import jsonld from 'jsonld'
import type { Account } from '#core/accounts/account.model'
import { accountUri } from '#core/addresses'
import * as activities from '#federation/activities'
import { actorDocument } from '#federation/actors'
import { collectionDocument, partialFollowers, repliesDocument } from '#federation/collections'
import { loadContext } from '#federation/contexts'
import { documentAt } from '#federation/documents'
import type { WholePost } from '#federation/load-posts'
import { isJson, type Json } from '#federation/properties'
import { postDocument } from '#federation/objects/render-post'
import type { Member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { type Emitters, made, makeEmitters, whole } from '#test/support/emitted'

let scene: Emitters
let alice: Member
let us: Account
let tea: Account
let rich: WholePost
let poll: WholePost
let quoting: WholePost

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

beforeEach(async () => {
  scene = await makeEmitters()
  ;({ alice, us, tea, rich, poll, quoting } = scene)
})

/** Everything that is emitted, by what it is. */
async function emitted(): Promise<[string, Json][]> {
  const found = Object.entries(await made(scene))
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

test('federation rules 131, 136, 203: nothing that is emitted names hidden recipients or carries a signature that could be passed on', async () => {
  const secret = await whole(await post(alice, { visibility: 'direct', mentions: [scene.ann] }))
  const closed = await whole(await post(alice, { visibility: 'private' }))
  const more: [string, Json][] = [secret, closed].map((each) => ['closed', activities.createActivity(each)])
  for (const [name, document] of [...(await emitted()), ...more])
    expect([
      name,
      JSON.stringify(document).match(/"(bto|bcc|signature|proof|signatureValue|proofValue)":/),
    ]).toEqual([name, null])
})
