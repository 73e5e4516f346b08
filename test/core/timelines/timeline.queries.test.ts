import { Block } from '#core/relationships/block.model'
import { Mute } from '#core/relationships/mute.model'
import { publicTimeline, tagTimeline, type Narrowing, type TagQuery } from '#core/timelines/timeline.queries'
import type { Ctx } from '#core/ctx'
import { nowhere } from '#core/remote'
import type { Id } from '#platform/ids'
import { cast, member, type Member, stranger } from '#test/factories/account'
import { boost, post } from '#test/factories/post'

const visitor: Ctx = { actor: { kind: 'visitor' }, remote: nowhere }
const everybody = (ctx = visitor, narrowing: Narrowing = {}, cursors: object = {}) =>
  publicTimeline(ctx, narrowing, { limit: 40, ...cursors })
const tagged = (query: TagQuery | string, narrowing: Narrowing = {}, ctx = visitor, cursors: object = {}) =>
  tagTimeline(ctx, typeof query === 'string' ? { tag: query } : query, narrowing, { limit: 40, ...cursors })
const ids = (...posts: { id: Id }[]): Id[] => posts.map(({ id }) => id)
const tags = (...names: string[]) => ({ hashtags: names.map((name) => ({ name, display: name })) })

let count = 0
const theirs = (who: { id: Id }, draft: object = {}) =>
  post(who, { uri: `https://remote.example/posts/${(count += 1)}`, ...draft })

test('TL-09: public has public posts without boosts and answers to others, of sound accounts only', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const [limited, suspended] = [
    await member('limited', { account: { silencedAt: new Date() } }),
    await member('suspended', { account: { suspendedAt: new Date() } }),
  ]
  const first = await post(alice)
  const self = await post(alice, { replyTo: first })
  await post(bob, { replyTo: first })
  await post(bob, { replyToUri: 'https://remote.example/posts/unknown' })
  await boost(bob, first)
  for (const who of [limited, suspended]) await post(who)
  for (const visibility of ['unlisted', 'private', 'direct'] as const) await post(alice, { visibility })
  expect(await everybody()).toEqual(ids(self, first))
  expect(await everybody(alice.ctx)).toEqual(ids(self, first))
})

test('TL-09: local, remote and only_media narrow public', async () => {
  const { alice } = await cast('alice')
  const remote = await stranger('remote')
  const media = {
    attachments: [{ kind: 'image' as const, mimeType: 'image/png', url: 'https://remote.example/a.png' }],
  }
  const [here, there, picture] = [await post(alice), await theirs(remote), await theirs(remote, media)]
  expect(await everybody()).toEqual(ids(picture, there, here))
  expect(await everybody(visitor, { local: true })).toEqual(ids(here))
  expect(await everybody(visitor, { remote: true })).toEqual(ids(picture, there))
  expect(await everybody(visitor, { onlyMedia: true })).toEqual(ids(picture))
  expect(await everybody(visitor, { onlyMedia: true, local: true })).toEqual([])
})

test('TL-10: public follows the chosen languages and leaves out who is blocked, blocking or muted', async () => {
  const alice = await member('alice', { user: { chosenLanguages: ['de'] } })
  const { bob, carol, dave } = await cast('bob', 'carol', 'dave')
  await Block.create({ blockerId: alice.account.id, blockedId: bob.account.id })
  await Block.create({ blockerId: carol.account.id, blockedId: alice.account.id })
  await Mute.create({ muterId: alice.account.id, mutedId: dave.account.id })
  const erin = await member('erin')
  for (const who of [bob, carol, dave]) await post(who, { language: 'de', ...tags('bees') })
  const german = await post(erin, { language: 'de', ...tags('bees') })
  const unknown = await post(erin, { language: null, ...tags('bees') })
  await post(erin, { language: 'fr', ...tags('bees') })
  expect(await everybody(alice.ctx)).toEqual(ids(unknown, german))
  expect(await tagged('bees', {}, alice.ctx)).toEqual(ids(unknown, german))
  expect(await everybody()).toHaveLength(6)
})

test('TL-11 and TL-12: a tag has public posts with it, answers included, whatever the case', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const first = await post(alice, tags('bees'))
  const answer = await post(bob, { replyTo: first, ...tags('bees', 'honey') })
  for (const visibility of ['unlisted', 'private', 'direct'] as const)
    await post(alice, { visibility, ...tags('bees') })
  expect(await tagged('BEES')).toEqual(ids(answer, first))
  expect(await tagged('#bees')).toEqual(ids(answer, first))
  expect(await tagged('wasps')).toEqual([])
  expect(await tagged('%00 ?')).toEqual([])
})

test('TL-12: any, all and none add tags', async () => {
  const { alice } = await cast('alice')
  const [a, b, ab, abc] = [
    await post(alice, tags('aa')),
    await post(alice, tags('bb')),
    await post(alice, tags('aa', 'bb')),
    await post(alice, tags('aa', 'bb', 'cc')),
  ]
  expect(await tagged({ tag: 'aa', any: ['bb'] })).toEqual(ids(abc, ab, b, a))
  expect(await tagged({ tag: 'aa', all: ['bb'] })).toEqual(ids(abc, ab))
  expect(await tagged({ tag: 'aa', none: ['bb', 'unknown'] })).toEqual(ids(a))
  expect(await tagged({ tag: 'aa', all: ['bb'], none: ['cc'] })).toEqual(ids(ab))
  expect(await tagged({ tag: 'aa', all: ['unknown'] })).toEqual([])
  expect(await tagged({ tag: 'unknown', any: ['cc'] })).toEqual(ids(abc))
})

describe.each<[string, (who: Member, cursors: object) => Promise<Id[]>]>([
  ['public', (who, cursors) => everybody(who.ctx, {}, cursors)],
  ['tag', (who, cursors) => tagged({ tag: 'bees', any: ['wasps'] }, {}, who.ctx, cursors)],
])('PAGE-01 PAGE-02 PAGE-03 PAGE-04 PAGE-05: the %s timeline', (_name, read) => {
  test('pages by max_id, since_id and min_id', async () => {
    const { alice } = await cast('alice')
    const [a, b, c, d, e] = [
      await post(alice, tags('bees')),
      await post(alice, tags('wasps')),
      await post(alice, tags('bees', 'wasps')),
      await post(alice, tags('bees')),
      await post(alice, tags('wasps')),
    ]
    expect(await read(alice, { limit: 2 })).toEqual(ids(e, d))
    expect(await read(alice, { limit: 2, max_id: d.id })).toEqual(ids(c, b))
    expect(await read(alice, { limit: 2, since_id: a.id })).toEqual(ids(e, d))
    expect(await read(alice, { limit: 2, min_id: a.id })).toEqual(ids(c, b))
    expect(await read(alice, { limit: 5, min_id: a.id, max_id: d.id })).toEqual(ids(c, b))
  })
})
