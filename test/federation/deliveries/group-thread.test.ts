import type { Account } from '#core/accounts/account.model'
import { accountUri, postUri } from '#core/addresses'
import { forgetDialect } from '#core/instances/dialect'
import { Instance } from '#core/instances/instance.model'
import { receiveRank } from '#core/groups/receive-rank'
import { createPost } from '#core/posts/create-post'
import { editPost } from '#core/posts/edits/edit-post'
import type { Post } from '#core/posts/post.model'
import { readAccount } from '#federation/objects/account'
import type { Json } from '#federation/properties'
import { rows } from '#platform/db'
import { as, cast, type Member, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { client } from '#test/support/client'
import { settle } from '#test/support/settle'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

let alice: Member
let tea: Account
beforeEach(async () => {
  ;({ alice } = await cast('alice'))
  tea = await stranger('tea', 'far.example', { kind: 'group' })
  await follow(await stranger('fan', 'fans.example'), alice)
})

const runs = async (software: string) => {
  await Instance.create({ domain: 'far.example', software })
  forgetDialect('far.example')
}

/** What went to a host about a post, the latest last. */
async function wentTo(host: string, { id }: Post): Promise<Json[]> {
  await settle()
  const found = await rows<{ body: string }>(
    {},
    `SELECT o.body FROM outgoing_activities AS o JOIN owed_work AS w ON w.payload ->> 'activityId' = o.id::text
     WHERE w.kind = 'delivery' AND o.post_id = $1 AND w.payload ->> 'inbox' LIKE '%' || $2 || '%' ORDER BY o.id`,
    [id, host],
  )
  return found.map(({ body }) => (JSON.parse(body) as Json).object as Json)
}

test('groups-06: what begins a thread in a community goes there as a Page with a title, to others as a Note', async () => {
  await runs('lemmy')
  const post = await as(alice, createPost, { text: '@tea@far.example Is it hot?\nI burnt my tongue' })
  const [page] = await wentTo('far.example', post)
  expect(page).toMatchObject({
    id: postUri(post),
    type: 'Page',
    name: 'Is it hot?',
    attributedTo: accountUri(alice.account),
    to: [PUBLIC, accountUri(tea)],
    audience: accountUri(tea),
    summary: null,
    attachment: [],
    content: expect.stringContaining('I burnt my tongue'),
  })
  expect(page).not.toHaveProperty('inReplyTo')
  expect(Array.isArray(page?.tag)).toBe(true)
  const [note] = await wentTo('fans.example', post)
  expect(note).toMatchObject({ id: postUri(post), type: 'Note', audience: accountUri(tea) })
  expect(note).not.toHaveProperty('name')
  await as(alice, editPost, { postId: post.id, text: '@tea@far.example Is it cold?' })
  expect((await wentTo('far.example', post)).at(-1)).toMatchObject({ type: 'Page', name: 'Is it cold?' })
  expect((await wentTo('fans.example', post)).at(-1)).toMatchObject({ type: 'Note' })
})

test('groups-06: answers and polls go as they are, and everything does to a host that wants no Pages', async () => {
  await runs('lemmy')
  const root = await as(alice, createPost, { text: 'well', groupId: tea.id })
  const answer = await as(alice, createPost, { text: 'but', replyToId: root.id, groupId: tea.id })
  const poll = { options: ['a', 'b'], expiresIn: 3600 }
  const question = await as(alice, createPost, { text: 'which?', poll, groupId: tea.id })
  const types = async (post: Post) => (await wentTo('far.example', post)).map(({ type }) => type)
  expect([await types(root), await types(answer), await types(question)]).toEqual([
    ['Page'],
    ['Note'],
    ['Question'],
  ])
  await Instance.update({ software: 'friendica' }, { where: { domain: 'far.example' } })
  forgetDialect('far.example')
  expect(await types(await as(alice, createPost, { text: 'again', groupId: tea.id }))).toEqual(['Note'])
})

test.each([
  ['the warning', { spoilerText: 'Too hot', text: 'my tongue' }, 'Too hot'],
  ['the first line that says something', { text: '@tea@far.example\n!\n what now' }, 'what now'],
  ['its author, when nothing does', { text: '!!' }, 'By alice'],
  ['at most 200 characters', { text: '𝒳'.repeat(300) }, `${'𝒳'.repeat(199)}…`],
])('groups-06: the title of a Page is %s', async (_, draft, name) => {
  await runs('piefed')
  const post = await as(alice, createPost, { ...draft, groupId: tea.id })
  expect((await wentTo('far.example', post))[0]?.name).toBe(name)
})

test('groups-19: where moderators alone begin threads, a member gets an answer that says so, and may take part in them', async () => {
  await tea.update({ restrictsPosting: true })
  const write = (more: Json) => client(alice).post('/api/v1/statuses', { status: 'well', ...more })
  const refused = { status: 422, body: { error: expect.stringMatching(/moderators/) } }
  expect(await write({ group_id: tea.id })).toMatchObject(refused)
  expect(await write({ status: '@tea@far.example hear me' })).toMatchObject(refused)
  const { body: mine } = await write({ status: 'no group' })
  const others = await Promise.all([
    write({ status: '@tea@far.example hear me', visibility: 'direct' }),
    write({ status: '@tea@far.example', in_reply_to_id: mine.id }),
  ])
  expect(others.map(({ status }) => status)).toEqual([200, 200])
  await receiveRank(alice.ctx, { groupId: tea.id, accountId: alice.account.id, isModerator: true })
  expect((await write({ group_id: tea.id })).status).toBe(200)
  expect((await client(alice).get(`/api/v1/groups/${tea.id}`)).body.posting_restricted).toBe(true)
})

test('groups-13, groups-19: whether moderators alone begin threads, and where they are listed, is read from the Group', () => {
  const id = 'https://far.example/c/tea'
  const read = (more: Json) =>
    readAccount(
      { id, type: 'Group', inbox: `${id}/inbox`, preferredUsername: 'tea', ...more },
      {
        username: 'tea',
        domain: 'far.example',
      },
    )
  const list = `${id}/moderators`
  expect(read({ attributedTo: list, postingRestrictedToMods: true })).toMatchObject({
    moderatorsUrl: list,
    restrictsPosting: true,
  })
  expect(read({ moderators: list })).toMatchObject({ moderatorsUrl: list, restrictsPosting: false })
  expect(read({ attributedTo: 'https://else.example/moderators' })?.moderatorsUrl).toBeNull()
  expect(
    read({ attributedTo: [{ type: 'Person', id: 'https://far.example/u/joe' }] })?.moderatorsUrl,
  ).toBeNull()
  expect(read({ type: 'Person', attributedTo: list, postingRestrictedToMods: true })).not.toHaveProperty(
    'restrictsPosting',
  )
})
