import { load } from 'cheerio'
import { member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { request } from '#test/support/client'

const open = async (path: string) => {
  const reply = await request('GET', path, undefined, { headers: { Accept: 'text/html' } })
  return { ...reply, $: load(String(reply.body)) }
}

test('the page of a hashtag shows public posts with it, however it is spelt', async () => {
  const bea = await member('bea')
  await post(bea, { text: 'brr', hashtags: [{ name: 'coldwater', display: 'ColdWater' }] })
  await post(bea, {
    text: 'psst',
    hashtags: [{ name: 'coldwater', display: 'ColdWater' }],
    visibility: 'unlisted',
  })
  for (const path of ['/tags/ColdWater', '/tags/coldwater']) {
    const { status, $ } = await open(path)
    expect([status, $('.posts .prose').text().trim()]).toEqual([200, 'brr'])
  }
})

test('a hashtag that nobody used has an empty page, and what can be none is not found', async () => {
  const { status, $ } = await open('/tags/quiet')
  expect([status, $('.empty-title').text()]).toEqual([200, 'Nothing here yet'])
  expect((await open('/tags/!%3F')).status).toBe(404)
})
