import { editMedium } from '#core/media/edit-medium'
import { Medium } from '#core/media/medium.model'
import { uploadMedia } from '#core/media/upload-media'
import { openStore } from '#platform/storage'
import { as, cast, type Member } from '#test/factories/account'
import { file, upload } from '#test/factories/medium'
import { settle } from '#test/support/settle'

let alice: Member
beforeEach(async () => {
  ;({ alice } = await cast('alice'))
})
const isKept = async (key: string | null) => (await (await openStore()).size(key ?? '')) !== undefined

test('MEDIA-05 a new preview takes the place of the old one, and the old file goes', async () => {
  const song = await as(alice, uploadMedia, {
    file: await file('song.mp3'),
    thumbnail: await file('photo.jpg'),
    waits: true,
  })
  const former = song.previewKey
  const edited = await editMedium(alice.ctx, song, { thumbnail: await file('cover.png') })
  expect(edited.previewKey).not.toBe(former)
  expect(edited.meta).toMatchObject({
    small: { width: 320, height: 240 },
    original: { duration: expect.any(Number) },
  })
  await settle()
  expect([await isKept(former), await isKept(edited.previewKey)]).toEqual([false, true])
})

test('MEDIA-05 a picture keeps its own preview', async () => {
  const photo = await upload(alice, { previewKey: null })
  expect((await editMedium(alice.ctx, photo, { thumbnail: await file('cover.png') })).previewKey).toBeNull()
})

test('a preview that is no picture is refused, and nothing changes', async () => {
  const video = await upload(alice, { kind: 'video', description: 'as it was' })
  const wish = { description: 'new', thumbnail: await file('song.mp3') }
  await expect(editMedium(alice.ctx, video, wish)).rejects.toThrow('Thumbnail content type is invalid')
  expect((await Medium.findByPk(video.id))?.description).toBe('as it was')
})

test('what is not named stays; null and blank clear a description', async () => {
  const photo = await upload(alice, { description: 'a wall', focusX: 0.5, focusY: -0.5 })
  expect(await editMedium(alice.ctx, photo, { focus: '' })).toMatchObject({
    description: 'a wall',
    focusX: 0.5,
  })
  expect(await editMedium(alice.ctx, photo, { focus: '-1,1' })).toMatchObject({
    description: 'a wall',
    focusX: -1,
    focusY: 1,
  })
  expect((await editMedium(alice.ctx, photo, { description: ' ' })).description).toBeNull()
})
