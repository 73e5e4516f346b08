import { load } from 'cheerio'
import { createCollection } from '#core/collections/create-collection'
import { as, member } from '#test/factories/account'
import { request } from '#test/support/client'

const open = async (path: string) => {
  const reply = await request('GET', path, undefined, { headers: { Accept: 'text/html' } })
  return { ...reply, $: load(String(reply.body)) }
}

test('the page of a collection shows whose it is and who is in it', async () => {
  const [alice, bob] = [
    await member('alice'),
    await member('bob', { account: { isDiscoverable: true, displayName: '<b>Bob</b>' } }),
  ]
  const wish = { name: '<i>Hedge</i>', description: 'of the hedge', isSensitive: false, isDiscoverable: true }
  const { id } = await as(alice, createCollection, { ...wish, accountIds: [bob.account.id] })
  const { status, $ } = await open(`/collections/${id}`)
  expect([status, $('h1').text(), $('.person').length]).toEqual([200, '<i>Hedge</i>', 1])
  expect($('.person a').text()).toBe('<b>Bob</b>')
  expect($('.person a').attr('href')).toMatch(/\/@bob$/)
  expect($('meta[name="robots"]').attr('content') ?? '').not.toContain('noindex')
})

test('an empty collection says so, an unlisted one is not for search engines, and others are not found', async () => {
  const alice = await member('alice')
  const wish = { name: 'Hedge', isSensitive: false, isDiscoverable: false }
  const { id } = await as(alice, createCollection, wish)
  const { $ } = await open(`/collections/${id}`)
  expect($('.empty-title').text()).toBe('Nobody here yet')
  expect($('meta[name="robots"]').attr('content')).toContain('noindex')
  for (const wrong of ['77', 'x']) expect((await open(`/collections/${wrong}`)).status).toBe(404)
})
