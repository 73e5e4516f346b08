import { load } from 'cheerio'
import { cast, stranger } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { client } from '#test/support/client'

const embed = (url: string, more = '') => client().get(`/api/oembed?url=${encodeURIComponent(url)}${more}`)

test('INST-26 a public or unlisted post of this instance can be shown elsewhere, at the size that is asked for', async () => {
  const { alice } = await cast('alice')
  const { id } = (
    await client(alice).post('/api/v1/statuses', {
      status: 'Bees & <b>honey</b>',
      visibility: 'unlisted',
    })
  ).body
  const { url, uri } = (await client().get(`/api/v1/statuses/${id}`)).body
  const { body } = await embed(url)
  expect(body).toMatchObject({ width: 400, height: null, provider_url: 'http://localhost:3000/' })
  const $ = load(body.html)
  expect($('blockquote').attr('cite')).toBe(url)
  expect($('blockquote').text()).toContain('Bees & <b>honey</b>')
  expect(body.html).not.toContain('<script')
  expect((await embed(url, '&maxwidth=250&maxheight=300')).body).toMatchObject({ width: 250, height: 300 })
  expect((await embed(url, '&maxwidth[toString]=1&maxheight[a]=1')).body).toMatchObject({
    width: 400,
    height: null,
  })
  expect((await embed(url, '&maxwidth=wide&maxheight=-1')).body).toMatchObject({ width: 400, height: null })
  expect((await embed(uri)).status).toBe(200)
  expect((await client().get(`/api/web/embeds/${id}`)).body.html).toBe(body.html)
})

test('INST-26 what is behind a warning stays there', async () => {
  const { alice } = await cast('alice')
  const { id } = await post(alice, { text: 'the butler did it', spoilerText: 'The end' })
  const { html } = (await client().get(`/api/web/embeds/${id}`)).body
  expect(html).toContain('The end')
  expect(html).not.toContain('butler')
})

test('INST-26 posts that are not for everybody, of others, and boosts are 404', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const shown = await post(bob)
  const hidden = [
    await post(alice, { visibility: 'private' }),
    await post(alice, { visibility: 'direct' }),
    await boost(alice, shown),
    await post(await stranger('far'), { uri: 'https://far.example/1' }),
  ]
  for (const { id } of hidden) {
    expect((await embed(`http://localhost:3000/@alice/${id}`)).status).toBe(404)
    expect((await client(alice).get(`/api/web/embeds/${id}`)).status).toBe(404)
  }
  for (const url of ['', 'x', 'http://localhost:3000/about', `https://far.example/@bob/${shown.id}`])
    expect((await embed(url)).status).toBe(404)
})
