import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { instance } from '#config/instance'
import { clearLooseMedia } from '#core/media/clear-loose-media'
import { clearOrphans } from '#core/media/clear-orphans'
import { discardMedia } from '#core/media/discard-media'
import { discardMediaOf } from '#core/media/discard-media-of'
import { holdMedia } from '#core/media/hold-media'
import { Medium } from '#core/media/medium.model'
import { inSeconds } from '#platform/clock'
import type { Id } from '#platform/ids'
import { openStore } from '#platform/storage'
import { newKey } from '#platform/storage-keys'
import { transact } from '#platform/transact'
import { cast, type Member } from '#test/factories/account'
import { file, upload } from '#test/factories/medium'
import { post } from '#test/factories/post'
import { settle } from '#test/support/settle'

const DAY = 86_400
let alice: Member
let bob: Member
beforeEach(async () => {
  ;({ alice, bob } = await cast('alice', 'bob'))
})

const old = { looseSince: inSeconds(-DAY - 60) }
const kept = async (key: string) => (await (await openStore()).size(key)) !== undefined
const withFile = async (who: Member, more: Partial<Medium> = {}): Promise<Medium & { fileKey: string }> => {
  const medium = await upload(who, more)
  const fileKey = newKey('files', medium.id, 'jpg')
  await (await openStore()).put(fileKey, (await file('photo.jpg')).path, 'image/jpeg')
  return medium.update({ fileKey }) as Promise<Medium & { fileKey: string }>
}
const left = async (): Promise<Id[]> => (await Medium.findAll({ order: ['id'] })).map(({ id }) => id)

test('MEDIA-12 uploads that no post took within a day go with their files; the others stay', async () => {
  const loose = await withFile(alice, old)
  const fresh = await upload(alice, { looseSince: inSeconds(-DAY + 600) })
  const used = await upload(alice)
  await post(alice, { mediaIds: [used.id] })
  await used.update({ looseSince: old.looseSince })
  const face = await upload(alice, { purpose: 'avatar', ...old })
  await alice.account.update({ avatarId: face.id })
  const formerFace = await upload(alice, { purpose: 'avatar', ...old })
  const promised = await upload(alice, old)
  await transact(alice.ctx, (ctx) =>
    holdMedia(ctx, { ownerId: alice.account.id, until: inSeconds(60) }, [promised.id]),
  )
  await clearLooseMedia(alice.ctx)
  expect(await left()).toEqual([fresh.id, used.id, face.id, promised.id])
  expect(await Medium.findByPk(formerFace.id)).toBeNull()
  await settle()
  expect(await kept(loose.fileKey)).toBe(false)
})

test('what one account loses, another that shows the same keeps (GHSA-wr2m-38xh-rpc9)', async () => {
  const remoteUrl = 'https://good.test/same.jpg'
  const [hers, his] = [await withFile(alice, { remoteUrl }), await withFile(bob, { remoteUrl })]
  await post(alice, { mediaIds: [hers.id] })
  await discardMediaOf(alice.ctx, alice.account.id)
  await settle()
  expect(await left()).toEqual([his.id])
  expect([await kept(hers.fileKey), await kept(his.fileKey)]).toEqual([false, true])
})

test('what a post has is never discarded by a list of ids', async () => {
  const { id } = await upload(alice)
  await post(alice, { mediaIds: [id] })
  await transact(alice.ctx, (ctx) => discardMedia(ctx, [id]))
  expect(await left()).toEqual([id])
})

test('files that no row names go after a day, those of rows stay (R-014, R-240)', async () => {
  const named = await withFile(alice)
  const place = async (key: string, age: number) => {
    const path = join(instance.data, 'media', key)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, 'x')
    await utimes(path, inSeconds(-age), inSeconds(-age))
    return key
  }
  const orphan = await place(newKey('files', named.id, 'jpg'), DAY + 60)
  const stranger = await place(newKey('cache', '1', 'jpg'), DAY + 60)
  const young = await place(newKey('uploads', '2', 'mp4'), 60)
  await utimes(join(instance.data, 'media', named.fileKey), inSeconds(-DAY * 9), inSeconds(-DAY * 9))
  await clearOrphans(alice.ctx)
  expect(await Promise.all([named.fileKey, young, orphan, stranger].map(kept))).toEqual([
    true,
    true,
    false,
    false,
  ])
})
