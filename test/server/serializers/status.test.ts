import type { Ctx } from '#core/ctx'
import { editPost } from '#core/posts/edits/edit-post'
import { Mention } from '#core/posts/mention.model'
import { react } from '#core/reactions/react'
import { nowhere } from '#core/remote'
import { accountIdOf } from '#core/actor'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { statusesJson } from '#server/serializers/status'
import { forgetFragments } from '#server/serializers/status-fragment'
import { as, cast, member, stranger } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { expectEntity } from '#test/support/contract'
import { countQueries } from '#test/support/count-queries'

const visitor: Ctx = { actor: { kind: 'visitor' }, remote: nowhere }
const picture = {
  url: 'https://remote.example/a.png',
  mimeType: 'image/png',
  kind: 'image',
  width: 4,
  height: 3,
} as const

/** Posts of many people with everything in them, and boosts of each. */
async function manyPosts(count: number): Promise<Id[]> {
  const ids: Id[] = []
  const { alice, bob } = await cast('alice', 'bob')
  for (let at = 0; at < count / 2; at += 1) {
    const author = await stranger(`author${at}`)
    const note = await post(author, {
      uri: `https://remote.example/posts/${at}`,
      mentions: [alice, bob],
      hashtags: [{ name: `tag${at}`, display: `Tag${at}` }],
      attachments: [picture],
      poll: { options: ['a', 'b'], isMultiple: true, expiresAt: null, tallies: [1, 2], votersCount: 2 },
    })
    ids.push(note.id, (await boost(bob, note)).id)
  }
  return ids.slice(0, count)
}

test('a page of 40 posts costs as many queries as one of a single post', async () => {
  const ids = await manyPosts(40)
  for (const ctx of [visitor, { ...visitor, actor: (await member('carol')).actor }]) {
    const cost = async (page: Id[]) => {
      forgetFragments()
      const cold = await countQueries(() => statusesJson(ctx, page))
      return [cold, await countQueries(() => statusesJson(ctx, page))]
    }
    const [cold, warm] = await cost(ids.slice(0, 1))
    expect(await cost(ids)).toEqual([cold, warm])
    expect(cold).toBeLessThanOrEqual(3)
    expect(warm).toBeLessThan(cold!)
  }
})

test('what was rendered before and what is rendered anew are the same bytes, for every viewer', async () => {
  const ids = await manyPosts(12)
  const carol = await member('carol')
  await as(carol, react, { postId: ids[0]! })
  for (const ctx of [carol.ctx, visitor]) {
    forgetFragments()
    const anew = JSON.stringify(await statusesJson(ctx, ids))
    expect(JSON.stringify(await statusesJson(ctx, ids))).toBe(anew)
    expectEntity(accountIdOf(ctx.actor) ? 'Array<Status::SignedIn>' : 'Array<Status>', JSON.parse(anew))
  }
})

test('posts come in the order asked for, with repeats, and without those that are gone', async () => {
  const alice = await member('alice')
  const [one, two] = [await post(alice), await post(alice)]
  const json = await statusesJson(visitor, [two.id, '5', one.id, two.id])
  expect(json.map(({ id }) => id)).toEqual([two.id, one.id, two.id])
  expect(await statusesJson(visitor, [])).toEqual([])
})

test('an edit, a vote, a like and a lost parent show at once although the rest was rendered before', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const parent = await post(bob)
  const note = await post(alice, { replyTo: parent, text: 'one' })
  const shown = async () => (await statusesJson(visitor, [note.id]))[0]!
  expect(await shown()).toMatchObject({
    content: '<p>one</p>',
    favourites_count: 0,
    in_reply_to_id: parent.id,
  })
  await as(alice, editPost, { postId: note.id, text: 'two' })
  await as(bob, react, { postId: note.id })
  await parent.destroy()
  expect(await shown()).toMatchObject({ content: '<p>two</p>', favourites_count: 1, in_reply_to_id: null })
})

test('what a transaction sees that does not come true is not kept', async () => {
  const alice = await member('alice')
  const note = await post(alice, { text: 'one' })
  const undone = transact(alice.ctx, async (ctx) => {
    await editPost(ctx, { postId: note.id, text: 'never' })
    const [json] = await statusesJson(ctx, [note.id])
    expect(json!.content).toBe('<p>never</p>')
    throw new Error('no')
  })
  await expect(undone).rejects.toThrow('no')
  await as(alice, editPost, { postId: note.id, text: 'two' })
  expect((await statusesJson(alice.ctx, [note.id]))[0]!.content).toBe('<p>two</p>')
})

test('STAT-05 emojis are those of the text, and those of the options stand in the poll', async () => {
  const alice = await member('alice')
  const emoji = (shortcode: string) => ({
    shortcode,
    url: `https://remote.example/${shortcode}.png`,
    staticUrl: '',
  })
  const note = await post(alice, {
    text: ':bee:',
    spoilerText: ':cat:',
    emojis: ['bee', 'cat', 'dog', 'elk'].map(emoji),
    poll: { options: ['x :dog:', 'y'], isMultiple: false, expiresAt: null },
  })
  const [json] = await statusesJson(visitor, [note.id])
  expect(json!.emojis.map(({ shortcode }) => shortcode)).toEqual(['bee', 'cat'])
  expect(json!.poll!.emojis.map(({ shortcode }) => shortcode)).toEqual(['dog'])
})

test('STAT-06 who is addressed without being named is not mentioned', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  const note = await post(alice, { mentions: [bob] })
  await Mention.create({ postId: note.id, accountId: carol.account.id, isSilent: true })
  const [json] = await statusesJson(visitor, [note.id])
  expect(json!.mentions.map(({ acct }) => acct)).toEqual(['bob'])
})
