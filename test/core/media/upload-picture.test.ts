import { uploadPicture } from '#core/media/upload-picture'
import { pictureUrls } from '#core/media/medium-addresses'
import { Medium } from '#core/media/medium.model'
import { cast, type Member } from '#test/factories/account'
import { file, fileOf } from '#test/factories/medium'

let alice: Member
beforeEach(async () => {
  ;({ alice } = await cast('alice'))
})
const take = (purpose: 'avatar' | 'header' | 'emoji', picture: { path: string; bytes: number }) =>
  uploadPicture(alice.ctx, { ownerId: alice.account.id, purpose, file: picture })

test('ACCT-05 an avatar is 400 by 400, a header 1500 by 500', async () => {
  const avatar = await take('avatar', await file('photo.jpg'))
  expect(avatar).toMatchObject({
    state: 'ready',
    purpose: 'avatar',
    ownerId: alice.account.id,
    staticKey: null,
  })
  expect(avatar.meta.original).toEqual({ width: 400, height: 400 })
  expect((await take('header', await file('photo.jpg'))).meta.original).toEqual({ width: 1500, height: 500 })
})

test('ACCT-07 one that moves has a still form beside it', async () => {
  const avatar = await take('avatar', await file('moving.gif'))
  const urls = pictureUrls(avatar)
  expect(urls?.url).toMatch(/\.gif$/)
  expect(urls?.staticUrl).toMatch(/\.png$/)
})

test('an emoji keeps its shape and is not made larger (federation rule 163)', async () => {
  expect((await take('emoji', await file('cover.png'))).meta.original).toEqual({ width: 256, height: 192 })
})

test('ACCT-05 what is no picture, or too large for its purpose, is refused and leaves nothing', async () => {
  const { path } = await file('photo.jpg')
  await expect(take('avatar', await file('video.mp4'))).rejects.toThrow('Avatar content type is invalid')
  await expect(take('header', await fileOf('<svg/>'))).rejects.toThrow('Header content type is invalid')
  await expect(take('avatar', { path, bytes: 8_388_609 })).rejects.toThrow('less than 8 MB')
  await expect(take('emoji', { path, bytes: 262_145 })).rejects.toThrow('less than 256 KB')
  expect(await Medium.count()).toBe(0)
})
