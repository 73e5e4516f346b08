import { rankAccounts } from '#core/discovery/rank-accounts'
import { featureAccount } from '#core/discovery/feature-account'
import { limitDomain } from '#core/moderation/limit-domain'
import { Preview } from '#core/previews/preview.model'
import { react } from '#core/reactions/react'
import { refreshTrends } from '#core/trends/refresh-trends'
import type { Account } from '#core/accounts/account.model'
import { nowhere } from '#core/remote'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { as, cast, member, type Member, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { settle } from '#test/support/settle'
import { settleSearch } from '#test/support/settle-search'

const operator = { actor: { kind: 'operator' } as const, remote: nowhere }
const PAGE = 'https://news.example/1'
const open = { isDiscoverable: true, isIndexable: true }

type Scene = { ann: Account; said: Id; answered: Id; question: Id; alice: Member; fan: Member }

/** Ann of another server is in every public list there is: she wrote a post that many like, a card, an answer, a hashtag. */
async function everywhere(): Promise<Scene> {
  const { alice, fan, ...others } = await cast('alice', 'fan', 'one', 'two', 'three')
  const ann = await stranger('ann', 'loud.example', { ...open, followersCount: 50, lastPostAt: new Date() })
  await follow(fan, ann)
  const hashtags = [{ name: 'badgers', display: 'badgers' }]
  const uri = 'https://loud.example/posts/'
  const { id: said } = await post(ann, {
    text: 'badgers came by',
    html: '<p>badgers came by</p>',
    uri: `${uri}1`,
    hashtags,
  })
  const question = await post(alice, { text: 'who is there?' })
  const { id: answered } = await post(ann, { html: '<p>here</p>', uri: `${uri}2`, replyTo: question })
  const shared = [said]
  for (const who of Object.values(others)) {
    await as(who, react, { postId: said })
    shared.push((await post(who, { text: 'look' })).id)
  }
  await rows({}, 'UPDATE accounts SET is_discoverable = true WHERE domain IS NULL')
  await featureAccount(operator, { acct: 'ann@loud.example', isFeatured: true })
  await settle()
  await settleSearch()
  const preview = await Preview.create({ url: PAGE, state: 'ready', title: 'News' })
  await rows({}, 'INSERT INTO post_previews (post_id, preview_id) SELECT unnest($1::bigint[]), $2', [
    shared,
    preview.id,
  ])
  await refreshTrends(operator)
  await rankAccounts(operator)
  return { ann, said, answered, question: question.id, alice, fan }
}

/** Every public list, as somebody reads it, with what of Ann stands in it. */
async function lists({ ann, said, answered, question }: Scene, who?: Member): Promise<string[]> {
  const found: string[] = []
  const see = async (path: string, ids: Id[]) => {
    const { status, body } = await client(who).get(path)
    expect([path, status]).toEqual([path, 200])
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    if (ids.some((id) => text.includes(`"${id}"`)) || text.includes('badgers came by')) found.push(path)
  }
  for (const path of [
    '/api/v1/timelines/public',
    '/api/v1/timelines/public?remote=true',
    '/api/v1/timelines/tag/badgers',
    `/api/v1/timelines/link?url=${encodeURIComponent(PAGE)}`,
    '/api/v1/trends/statuses',
    '/tags/badgers',
  ])
    await see(path, [said])
  await see(`/api/v1/statuses/${question}/context`, [answered])
  await see('/api/v1/directory', [ann.id])
  if (!who) {
    await see('/api/v2/search?q=ann', [ann.id])
    return found
  }
  await see('/api/v2/suggestions', [ann.id])
  await see('/api/v2/search?q=badgers&type=statuses', [said])
  return found
}

const forAll = [
  '/api/v1/timelines/public',
  '/api/v1/timelines/public?remote=true',
  '/api/v1/timelines/tag/badgers',
  `/api/v1/timelines/link?url=${encodeURIComponent(PAGE)}`,
  '/api/v1/trends/statuses',
  '/tags/badgers',
]

test('federation rule 229: who is limited leaves every public list at once, and goes on reaching followers', async () => {
  const scene = await everywhere()
  const { ann, said, answered, question, alice, fan } = scene
  const context = `/api/v1/statuses/${question}/context`
  expect(await lists(scene)).toEqual([...forAll, context, '/api/v1/directory', '/api/v2/search?q=ann'])
  expect(await lists(scene, alice)).toEqual([
    ...forAll,
    context,
    '/api/v1/directory',
    '/api/v2/suggestions',
    '/api/v2/search?q=badgers&type=statuses',
  ])
  await limitDomain(operator, { domain: 'loud.example' })
  expect(await lists(scene)).toEqual([])
  expect(await lists(scene, alice)).toEqual([])
  await refreshTrends(operator)
  await rankAccounts(operator)
  expect(await lists(scene)).toEqual([])
  // Followers meet her where they read: at home, in threads, and when they search.
  expect(await lists(scene, fan)).toEqual([context, '/api/v2/search?q=badgers&type=statuses'])
  const { body: home } = await client(fan).get('/api/v1/timelines/home')
  expect(home.map(({ id }: { id: Id }) => id)).toEqual([answered, said].filter((id) => id === said))
  const { body: profile } = await client(alice).get(`/api/v1/accounts/${ann.id}/statuses`)
  expect(profile).toHaveLength(2)
})

test('federation rule 229: what a limited member says under their own post stays in its thread', async () => {
  const bob = await member('bob', { account: { silencedAt: new Date() } })
  const root = await post(bob, { text: 'one' })
  const { id } = await post(bob, { text: 'two', replyTo: root })
  const { body } = await client().get(`/api/v1/statuses/${root.id}/context`)
  expect(body.descendants.map((each: { id: Id }) => each.id)).toEqual([id])
})
