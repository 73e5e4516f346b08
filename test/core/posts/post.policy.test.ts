import { accountIdOf } from '#core/actor'
import { findPost } from '#core/posts/find-post'
import type { Visibility } from '#core/posts/post.model'
import { canSee, visibilityOfReply, visibleTo, welcomeTo } from '#core/posts/post.policy'
import { Block } from '#core/relationships/block.model'
import { Follow } from '#core/relationships/follow.model'
import { Mute } from '#core/relationships/mute.model'
import { Account } from '#core/accounts/account.model'
import { inSeconds, now } from '#platform/clock'
import { row } from '#platform/db'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { type Member, cast } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { boost, post } from '#test/factories/post'

const seen = async (viewer: Id | undefined, postId: Id): Promise<boolean> =>
  (await row({}, `SELECT FROM posts AS p WHERE p.id = $1 AND ${visibleTo('$2::bigint')}`, [
    postId,
    viewer ?? null,
  ])) !== undefined

const block = (who: Member, whom: Member) =>
  Block.create({ blockerId: who.account.id, blockedId: whom.account.id })

const visibilities: Visibility[] = ['public', 'unlisted', 'private', 'direct']

test('STAT-02 the rule in SQL and the rule in code say the same for every visibility and relation', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const told: Record<string, boolean> = {}
  for (const blocked of ['no', 'by the author', 'by the viewer'] as const) {
    await Block.destroy({ truncate: true, cascade: true })
    if (blocked === 'by the author') await block(alice, bob)
    if (blocked === 'by the viewer') await block(bob, alice)
    for (const follows of [false, true]) {
      await Follow.destroy({ truncate: true, cascade: true })
      if (follows) await follow(bob, alice)
      for (const visibility of visibilities) {
        for (const isMentioned of [false, true]) {
          const note = await post(alice, { visibility, mentions: isMentioned ? [bob] : [] })
          const relation = { isBlocked: blocked !== 'no', follows, isMentioned }
          for (const [name, viewer] of [
            ['author', alice.account.id],
            ['other', bob.account.id],
          ] as const) {
            const answer = await seen(viewer, note.id)
            expect([visibility, relation, name, answer]).toEqual([
              visibility,
              relation,
              name,
              canSee(viewer, note, relation),
            ])
            told[`${visibility} ${blocked} ${follows} ${isMentioned} ${name}`] = answer
          }
        }
      }
    }
  }
  expect(told['private no true false other']).toBe(true)
  expect(told['private no false false other']).toBe(false)
  expect(told['private no false true other']).toBe(true)
  expect(told['direct no true false other']).toBe(false)
  expect(told['direct no false true other']).toBe(true)
  expect(told['public by the author true true other']).toBe(false)
  expect(told['public by the viewer true true other']).toBe(false)
  expect(told['direct by the author false false author']).toBe(true)
})

test('STAT-02 a visitor sees public and unlisted posts only', async () => {
  const { alice } = await cast('alice')
  const notes = await Promise.all(visibilities.map((visibility) => post(alice, { visibility })))
  expect(await Promise.all(notes.map(({ id }) => seen(undefined, id)))).toEqual([true, true, false, false])
  const nothing = { isBlocked: false, follows: false, isMentioned: false }
  expect(notes.map((note) => canSee(undefined, note, nothing))).toEqual([true, true, false, false])
})

test('STAT-02 a request that was not accepted yet opens nothing', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const note = await post(alice, { visibility: 'private' })
  await follow(bob, alice, 'pending')
  expect(await seen(bob.account.id, note.id)).toBe(false)
})

test('STAT-02 posts of a suspended account are seen by nobody', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const note = await post(alice)
  await Account.update({ suspendedAt: now() }, { where: { id: alice.account.id } })
  expect(await seen(bob.account.id, note.id)).toBe(false)
  expect(await seen(undefined, note.id)).toBe(false)
})

test('STAT-02 a boost can be seen by those who see both it and its original', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  const boosted = await boost(bob, await post(alice))
  expect(await seen(carol.account.id, boosted.id)).toBe(true)
  await block(alice, carol)
  expect(await seen(carol.account.id, boosted.id)).toBe(false)
  expect(await seen(undefined, boosted.id)).toBe(true)
})

test('ERR-09 a post that may not be seen is not found, the same as one that is not there', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const note = await post(alice, { visibility: 'direct' })
  await expect(findPost(bob.ctx, note.id)).rejects.toEqual(new NotFound())
  await expect(findPost(bob.ctx, '1')).rejects.toEqual(new NotFound())
  expect((await findPost(alice.ctx, note.id)).id).toBe(note.id)
  expect((await findPost({ ...alice.ctx, actor: { kind: 'operator' } }, note.id)).id).toBe(note.id)
})

test('STAT-09 blocks of either side and running mutes make an account unwelcome in lists', async () => {
  const { alice, bob, carol, dan, eve } = await cast('alice', 'bob', 'carol', 'dan', 'eve')
  const welcome = async (whom: Member) =>
    (await row({}, `SELECT ${welcomeTo('$1::bigint', '$2::bigint')} AS is`, [
      accountIdOf(alice.actor),
      whom.account.id,
    ])) as { is: boolean }
  await block(alice, bob)
  await block(carol, alice)
  await Mute.create({ muterId: alice.account.id, mutedId: dan.account.id })
  await Mute.create({ muterId: alice.account.id, mutedId: eve.account.id, expiresAt: inSeconds(-1) })
  expect([await welcome(bob), await welcome(carol), await welcome(dan), await welcome(eve)]).toEqual([
    { is: false },
    { is: false },
    { is: false },
    { is: true },
  ])
})

test('a reply to a closed post is at most as visible as that (federation rule 137)', () => {
  expect(visibilityOfReply('public', 'unlisted')).toBe('public')
  expect(visibilityOfReply('public', 'private')).toBe('private')
  expect(visibilityOfReply('private', 'direct')).toBe('direct')
  expect(visibilityOfReply('direct', 'private')).toBe('direct')
})
