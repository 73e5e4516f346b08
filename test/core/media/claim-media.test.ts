import { claimMedia } from '#core/media/claim-media'
import { freeMedia } from '#core/media/free-media'
import { holdMedia } from '#core/media/hold-media'
import { Medium } from '#core/media/medium.model'
import { inSeconds } from '#platform/clock'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { cast, type Member } from '#test/factories/account'
import { upload } from '#test/factories/medium'
import { post } from '#test/factories/post'

let alice: Member
let bob: Member
beforeEach(async () => {
  ;({ alice, bob } = await cast('alice', 'bob'))
})

const claim = async (mediaIds: Id[], who = alice) => {
  const note = await post(who)
  await transact(who.ctx, (ctx) => claimMedia(ctx, { id: note.id, authorId: who.account.id }, mediaIds))
  return note.id
}
const hold = (mediaIds: Id[], until = inSeconds(3600)) =>
  transact(alice.ctx, (ctx) => holdMedia(ctx, { ownerId: alice.account.id, until }, mediaIds))
const idsOf = (media: Medium[]) => media.map(({ id }) => id)
const uploads = (...more: Partial<Medium>[]) => Promise.all(more.map((each) => upload(alice, each)))

test('POST-13 a post gets its media in the order asked for, each once', async () => {
  const [one = '', two = '', three = ''] = idsOf(await uploads({}, {}, {}))
  const postId = await claim([three, one, two, one])
  const found = await Medium.findAll({ where: { postId }, order: ['position'] })
  expect(idsOf(found)).toEqual([three, one, two])
  expect(found.map(({ position }) => position)).toEqual([0, 1, 2])
})

test.each([
  ['unready', { state: 'processing' }],
  ['failed', { state: 'failed' }],
  ['no attachment', { purpose: 'avatar' }],
] as const)('one that is %s is refused, and none is taken (POST-13)', async (_, more) => {
  const media = await uploads({}, more)
  await expect(claim(idsOf(media))).rejects.toThrow()
  expect(await Medium.count({ where: { postId: null } })).toBe(2)
})

test('POST-13 those of others, unknown ones and those of another post are refused (CVE-2025-32945)', async () => {
  const [mine = '', used = ''] = idsOf(await uploads({}, {}))
  await claim([used])
  for (const other of [(await upload(bob)).id, '1', used]) {
    await expect(claim([mine, other])).rejects.toThrow('unknown or in use')
  }
})

test('POST-13 video, sound and gifv stand alone, and there are four pictures at most', async () => {
  for (const kind of ['video', 'audio', 'gifv'] as const) {
    const [alone] = await uploads({ kind })
    await claim([alone!.id])
    await expect(claim(idsOf(await uploads({ kind }, {})))).rejects.toThrow('Cannot attach a video')
  }
  await claim(idsOf(await uploads({}, {}, {}, {})))
  await expect(claim(idsOf(await uploads({}, {}, {}, {}, {})))).rejects.toThrow('more than 4')
})

test('a post keeps what it has, whatever its state', async () => {
  const note = await post(alice)
  const media = await uploads(
    { postId: note.id, state: 'remote', kind: 'video' },
    { postId: note.id, state: 'remote' },
  )
  await transact(alice.ctx, (ctx) =>
    claimMedia(ctx, { id: note.id, authorId: alice.account.id }, idsOf(media).reverse()),
  )
  expect((await Medium.findByPk(media[0]!.id))?.position).toBe(1)
})

test('of two posts that want the same medium at once, one gets it (R-028)', async () => {
  for (let round = 0; round < 5; round += 1) {
    const [one = '', two = ''] = idsOf(await uploads({}, {}))
    const results = await Promise.allSettled([claim([one, two]), claim([two, one]), claim([one])])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  }
})

test('POST-19 POST-20 what is promised to a later post is not to be had until it is free again', async () => {
  const ids = idsOf(await uploads({}, {}))
  await hold(ids)
  await expect(claim(ids)).rejects.toThrow('unknown or in use')
  await expect(hold(ids)).rejects.toThrow('unknown or in use')
  await transact(alice.ctx, (ctx) => freeMedia(ctx, ids))
  await claim(ids)
})

test('STAT-20 media of a deleted post are loose from that moment, however it was deleted', async () => {
  const { id } = await upload(alice, { looseSince: inSeconds(-90_000) })
  const postId = await claim([id])
  await rows({}, 'DELETE FROM posts WHERE id = $1', [postId])
  const medium = await Medium.findByPk(id, { rejectOnEmpty: true })
  expect(medium.postId).toBeNull()
  expect(Date.now() - medium.looseSince.getTime()).toBeLessThan(10_000)
  await claim([id])
})
