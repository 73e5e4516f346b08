import { Medium } from '#core/media/medium.model'
import { createPost } from '#core/posts/create-post'
import { as, cast } from '#test/factories/account'
import { file, fileOf } from '#test/factories/medium'
import { kith } from '#test/support/cli'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'

const offered = async (): Promise<{ shortcode: string; category?: string; url: string }[]> => {
  const { body } = await client().get('/api/v1/custom_emojis')
  expectEntity('Array<CustomEmoji>', body)
  return body
}

test('INST-21 emojis add puts a picture into the picker under its heading, and posts use it', async () => {
  const { alice } = await cast('alice')
  const { path } = await file('cover.png')
  expect(await kith('emojis', 'add', ':leaf:', path, '--category', 'Trees')).toMatchObject({ code: 0 })
  expect(await offered()).toMatchObject([{ shortcode: 'leaf', category: 'Trees', visible_in_picker: true }])
  const { emojis } = await as(alice, createPost, { text: 'a :leaf: fell' })
  expect(emojis).toMatchObject([{ shortcode: 'leaf' }])
})

test('emojis add takes no code twice unless told to, and nothing that is no picture or no code', async () => {
  const { path } = await file('cover.png')
  const add = (...words: string[]) => kith('emojis', 'add', ...words)
  await add('leaf', path)
  expect(await add('leaf', path)).toMatchObject({ code: 1, err: expect.stringContaining('already') })
  expect(await add('leaf', path, '--overwrite', '--unlisted')).toMatchObject({ code: 0 })
  expect(await Medium.count()).toBe(1)
  expect(await add('x', path)).toMatchObject({ code: 1 })
  expect(await add('b c', path)).toMatchObject({ code: 1 })
  expect(await add('bad', (await fileOf('no picture')).path)).toMatchObject({ code: 1 })
  expect(await add('gone', '/nowhere/at/all.png')).toMatchObject({ code: 1 })
  expect(JSON.parse((await kith('emojis', 'list', '--json')).out)).toEqual([
    { shortcode: 'leaf', category: null, listed: false, enabled: true },
  ])
})

test('INST-21 emojis edit changes the heading and takes one out of use; emojis remove takes it away', async () => {
  const { path } = await file('cover.png')
  await kith('emojis', 'add', 'leaf', path)
  await kith('emojis', 'edit', 'leaf', '--category', 'Woods', '--listed', 'no')
  expect(await offered()).toMatchObject([{ category: 'Woods', visible_in_picker: false }])
  await kith('emojis', 'edit', 'leaf', '--enabled', 'no')
  expect(await offered()).toEqual([])
  expect(await kith('emojis', 'edit', 'leaf')).toMatchObject({ code: 2 })
  expect(await kith('emojis', 'edit', 'nothing', '--enabled', 'no')).toMatchObject({ code: 1 })
  expect(await kith('emojis', 'remove', 'leaf')).toMatchObject({ code: 0 })
  expect(await kith('emojis', 'remove', 'leaf')).toMatchObject({ code: 1 })
  expect(await Medium.count()).toBe(0)
})
