import { instance } from '#config/instance'
import { Emoji } from '#core/media/emoji.model'
import { Medium } from '#core/media/medium.model'
import { Post } from '#core/posts/post.model'
import { Reaction } from '#core/reactions/reaction.model'
import { receiveReaction } from '#core/reactions/receive-reaction'
import { blockAccount } from '#core/relationships/block-account'
import { statusesJson } from '#server/serializers/status'
import { as, cast, type Member, stranger } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { outside } from '#test/factories/remote-post'
import { client, request } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { countQueries } from '#test/support/count-queries'

let alice: Member
let bob: Member
let note: Post

beforeEach(async () => {
  ;({ alice, bob } = await cast('alice', 'bob'))
  note = await post(bob, { text: 'hello' })
})

const e = encodeURIComponent
const path = (end: string, { id }: { id: string } = note) => `/api/v1/statuses/${id}/${end}`
const pleroma = (end: string) => `/api/v1/pleroma/statuses/${note.id}/reactions${end}`
const given = async () => (await Reaction.findAll({ order: ['id'] })).map(({ emoji }) => emoji)
const catAt = { url: 'https://far.example/cat.png', staticUrl: 'https://far.example/cat.png' }

async function ownCat(): Promise<void> {
  const medium = await Medium.create({
    ownerId: bob.account.id,
    purpose: 'emoji',
    state: 'ready',
    fileKey: 'e/c.png',
  })
  await Emoji.create({ shortcode: 'cat', mediumId: medium.id })
}

test('client extensions 4.1: by each verb it is the same reaction, in the same three shapes, and no favourite', async () => {
  const app = client(alice)
  const ways = [
    () => app.post(path(`react/${e('🎉')}`)),
    () => app.put(pleroma(`/${e('🎉')}`)),
    () => app.put(path(`emoji_reactions/${e('🎉')}`)),
  ]
  const seen: unknown[] = []
  for (const give of ways) {
    await Reaction.destroy({ where: { postId: note.id } })
    await Post.update({ reactions: null }, { where: { id: note.id } })
    for (let again = 0; again < 2; again += 1) {
      const { status, body } = await give()
      expect([status, body.id]).toEqual([200, note.id])
      expectEntity('Status::SignedIn', body)
      const { reactions, reactions_count, emoji_reactions, pleroma, favourites_count, favourited } = body
      seen.push({ reactions, reactions_count, emoji_reactions, pleroma, favourites_count, favourited })
    }
    expect(await given()).toEqual(['🎉'])
  }
  const one = { name: '🎉', count: 1, me: true, url: null, static_url: null }
  const by = [alice.account.id]
  for (const each of seen)
    expect(each).toEqual({
      reactions: [one],
      reactions_count: 1,
      emoji_reactions: [{ ...one, account_ids: by, domain: null }],
      pleroma: { emoji_reactions: [{ ...one, account_ids: by }] },
      favourites_count: 0,
      favourited: false,
    })
})

test('client extensions 4.1: it is taken back by each verb, also what is not there any more', async () => {
  const app = client(alice)
  const ways = [
    () => app.post(path(`unreact/${e('🎉')}`)),
    () => app.delete(pleroma(`/${e('🎉')}`)),
    () => app.delete(path(`emoji_reactions/${e('🎉')}`)),
    () => app.post(path('emoji_unreaction')),
    () => app.post(path('emoji_unreactions'), { emoji: '🎉' }),
  ]
  for (const takeBack of ways) {
    await app.post(path(`react/${e('🎉')}`))
    for (let again = 0; again < 2; again += 1) {
      const { status, body } = await takeBack()
      expect([status, body.reactions, body.reactions_count]).toEqual([200, [], 0])
    }
    expect(await given()).toEqual([])
  }
})

test('client extensions 4.1: an emoji may be named in any way; another one takes its place, and a favourite stays', async () => {
  await ownCat()
  const app = client(alice)
  await app.post(path('favourite'))
  const names = ['❤', ':cat:', '🎉', 'cat', '👍🏽', `cat@${instance.domain}`, `:cat@${instance.domain}:`]
  const wanted = ['❤️', 'cat', '🎉', 'cat', '👍🏽', 'cat', 'cat']
  for (const [at, name] of names.entries()) {
    const { status, body } = await app.post(path(`react/${e(name)}`))
    expect([status, body.reactions.map((each: { name: string }) => each.name)]).toEqual([200, [wanted[at]]])
    expect([body.favourited, body.favourites_count]).toEqual([true, 1])
  }
  const { body } = await app.get(path(''))
  const [cat] = body.reactions
  expect(cat.url).toMatch(/^http.*e\/c\.png$/)
  expect([cat.static_url, body.emojis]).toEqual([cat.url, []])
})

test('client extensions 4.1: an emoji of another server can be given to a post that has it', async () => {
  const app = client(alice)
  const far = await stranger('far', 'far.example')
  expect((await app.post(path(`react/${e('cat@far.example')}`))).status).toBe(422)
  await receiveReaction(outside, {
    accountId: far.id,
    postId: note.id,
    emoji: 'cat@far.example',
    picture: catAt,
  })
  const { body } = await app.put(path(`emoji_reactions/${e(':cat@Far.example:')}`))
  const shown = { count: 2, me: true, url: catAt.url, static_url: catAt.url }
  expect(body.reactions).toEqual([{ name: 'cat@far.example', ...shown }])
  expect(body.emoji_reactions).toMatchObject([{ name: 'cat', domain: 'far.example', ...shown }])
  expect(body.pleroma.emoji_reactions).toMatchObject([{ name: 'cat@far.example', ...shown }])
})

test.each([
  'x',
  ':nobody:',
  '👌👌',
  '1',
  ' ',
  '%00',
  "'",
  '<b>',
  'a'.repeat(2000),
  'cat@',
  '@',
  '__proto__',
  'constructor',
])('client extensions 4.1: "%.20s" is no emoji that could be given', async (name) => {
  const answers = [
    await client(alice).post(path(`react/${e(name)}`)),
    await client(alice).put(pleroma(`/${e(name)}`)),
  ]
  expect(answers.map(({ status }) => status)).toEqual([422, 422])
  expect((await client(alice).post(path(`unreact/${e(name)}`))).status).toBe(200)
  expect(await given()).toEqual([])
})

test('STAT-01 nobody reacts to what they may not see, nor learns who did', async () => {
  const closed = await post(bob, { visibility: 'direct' })
  const app = client(alice)
  for (const end of [`react/${e('🎉')}`, `unreact/${e('🎉')}`])
    expect((await app.post(path(end, closed))).status).toBe(404)
  for (const end of ['reactions', 'emoji_reactioned_by'])
    expect((await app.get(path(end, closed))).status).toBe(404)
  expect((await app.get(`/api/v1/pleroma/statuses/${closed.id}/reactions`)).status).toBe(404)
  expect((await request('POST', path(`react/${e('🎉')}`))).status).toBe(401)
})

test('federation rule 217: whom the author does not let like a post gives it no emoji', async () => {
  await Post.update(
    { interactionPolicy: { like: { automatic: [], manual: [] } } },
    { where: { id: note.id } },
  )
  expect((await client(alice).post(path(`react/${e('🎉')}`))).status).toBe(422)
  expect((await client(bob).post(path(`react/${e('🎉')}`))).status).toBe(200)
  expect(await given()).toHaveLength(1)
})

test('client extensions 4.1: a reaction to a boost is one to what it boosts', async () => {
  const boosted = await boost(alice, note)
  const { body } = await client(alice).post(path(`react/${e('🎉')}`, boosted))
  expect([body.reactions, body.reblog.reactions]).toMatchObject([[], [{ name: '🎉', count: 1 }]])
  expect((await client(alice).post(path(`unreact/${e('🎉')}`, boosted))).body.reblog.reactions).toEqual([])
})

test('client extensions 4.1: who gave what is told in three ways, without those who are blocked', async () => {
  const [far, near] = [await stranger('far', 'far.example'), await stranger('near', 'near.example')]
  const give = (accountId: string, emoji: string, picture = {}) =>
    receiveReaction(outside, { accountId, postId: note.id, emoji, ...picture })
  await give(far.id, 'cat@far.example', { picture: catAt })
  await give(near.id, '🎉')
  await client(alice).post(path(`react/${e('🎉')}`))
  const read = async (where: string) => (await client(alice).get(where)).body
  const who = (each: { name: string; account: { acct: string } }) => [each.name, each.account.acct]
  const list = await read(path('reactions'))
  expect(list.map(who)).toEqual([
    ['🎉', 'alice'],
    ['🎉', 'near@near.example'],
    ['cat@far.example', 'far@far.example'],
  ])
  expectEntity('Account', list[2].account)
  expect(list[2]).toMatchObject({ url: catAt.url, static_url: catAt.url })
  expect((await read(`${path('reactions')}?emoji=${e('🎉')}`)).map(who)).toEqual(list.slice(0, 2).map(who))
  const fedibird = await read(path('emoji_reactioned_by'))
  expect(fedibird[2]).toMatchObject({
    name: 'cat',
    domain: 'far.example',
    account: { acct: 'far@far.example' },
  })
  const groups = await read(pleroma(''))
  const people = (group: { name: string; count: number; me: boolean; accounts: { acct: string }[] }) => [
    group.name,
    group.count,
    group.me,
    group.accounts.map(({ acct }) => acct),
  ]
  expect(groups.map(people)).toEqual([
    ['cat@far.example', 1, false, ['far@far.example']],
    ['🎉', 2, true, ['alice', 'near@near.example']],
  ])
  expect((await read(pleroma(`/${e('🎉')}`))).map(people)).toEqual([people(groups[1])])
  await as(alice, blockAccount, { accountId: near.id })
  expect((await read(path('reactions'))).map(who)).toEqual([list[0], list[2]].map(who))
})

test('PAGE-14 reactions are paged by when they were given, and so are the posts one reacted to', async () => {
  const app = client(alice)
  for (let at = 0; at < 5; at += 1) {
    const { id } = await stranger(`p${at}`)
    await receiveReaction(outside, { accountId: id, postId: note.id, emoji: '🐝' })
    await app.post(path(`react/${e('🎉')}`, await post(bob, { text: `post ${at}` })))
  }
  for (const where of [path('reactions'), path('emoji_reactioned_by'), '/api/v1/emoji_reactions']) {
    const whole = (await app.get(where)).body
    const seen: unknown[] = []
    let next: string | undefined = `${where}?limit=2`
    while (next) {
      const { body, headers } = await app.get(next)
      seen.push(...body)
      next = /<https?:\/\/[^/]+([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]
    }
    expect([whole.length, seen]).toEqual([5, whole])
  }
  expectEntity('Array<Status>', (await app.get('/api/v1/emoji_reactions')).body)
})

test('the number of queries for a page does not depend on how many reactions its posts have', async () => {
  const ids: string[] = []
  for (let at = 0; at < 6; at += 1) ids.push((await post(bob, { text: `post ${at}` })).id)
  const cost = async () => {
    await statusesJson(alice.ctx, ids)
    return countQueries(() => statusesJson(alice.ctx, ids))
  }
  const before = await cost()
  for (const postId of ids)
    for (let at = 0; at < 3; at += 1)
      for (const emoji of ['🐝', '🎉'])
        await receiveReaction(outside, {
          accountId: (await stranger(`p${postId}${at}${emoji.codePointAt(0)}`)).id,
          postId,
          emoji,
        })
  expect(await cost()).toBe(before)
  const [json] = await statusesJson(alice.ctx, ids)
  expect(json!.reactions_count).toBe(6)
})
