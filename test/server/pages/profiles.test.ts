import { load } from 'cheerio'
import { now } from '#platform/clock'
import { member, stranger } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { request } from '#test/support/client'

const asBrowser = { headers: { Accept: 'text/html,*/*;q=0.8' } }
const open = async (path: string) => {
  const reply = await request('GET', path, undefined, asBrowser)
  const $ = load(String(reply.body))
  const texts = (selector: string) =>
    $(selector)
      .toArray()
      .map((one) => $(one).text().trim())
  return { ...reply, $, texts, posts: () => texts('.posts .prose') }
}

test('a profile shows who somebody is, and their posts for everybody, newest first', async () => {
  const bea = await member('bea', { account: { displayName: 'Bea', noteHtml: '<p>Cold <em>water</em></p>' } })
  await post(bea, { text: 'first' })
  await post(bea, { text: 'quiet', visibility: 'unlisted' })
  await post(bea, { text: 'for followers', visibility: 'private' })
  await post(bea, { text: 'for nobody', visibility: 'direct' })
  const { status, headers, $, posts } = await open('/@bea')
  expect(status).toBe(200)
  expect($('h1').text()).toBe('Bea')
  expect($('.profile-side .prose em').text()).toBe('water')
  expect(posts()).toEqual(['quiet', 'first'])
  const id = `http://localhost:3000/users/${bea.account.id}`
  expect(headers.get('link')).toBe(`<${id}>; rel="alternate"; type="application/activity+json"`)
  expect($('link[type="application/activity+json"]').attr('href')).toBe(id)
  expect(headers.get('vary')).toContain('Accept')
})

test('the name in the address is read in any case', async () => {
  await member('bea')
  expect((await open('/@BEA')).status).toBe(200)
})

test('answers are on their own list, boosts name who boosted, and media have theirs', async () => {
  const [bea, tom] = [await member('bea'), await member('tom')]
  const question = await post(tom, { text: 'a question' })
  await post(bea, { text: 'an answer', replyTo: question })
  await boost(bea, question)
  const all = await open('/@bea')
  expect(all.posts()).toEqual(['a question'])
  expect(all.texts('.context')[0]).toContain('bea boosted'.slice(3))
  expect((await open('/@bea/with_replies')).posts()).toEqual(['a question', 'an answer'])
  expect((await open('/@bea/media')).texts('.empty-title')).toEqual(['No pictures or videos yet'])
})

test('pinned posts come first, on the first page only', async () => {
  const bea = await member('bea')
  const pinned = await post(bea, { text: 'read this first' })
  await pinned.update({ pinnedAt: now() })
  for (let count = 0; count < 20; count += 1) await post(bea, { text: `post ${count}` })
  const first = await open('/@bea')
  expect(first.posts()[0]).toBe('read this first')
  expect(first.texts('.context')).toEqual(['Pinned'])
  const older = await open(first.$('a[rel=next]').attr('href')!)
  expect(older.posts()).toEqual(['read this first'])
  expect(older.texts('.context')).toEqual([])
  expect((await open(older.$('a[rel=prev]').attr('href')!)).posts()[0]).toBe('post 19')
})

test('what members called themselves is shown as text, wherever it stands', async () => {
  const name = '<script>alert(1)</script>'
  await member('bea', { account: { displayName: name, fields: [{ name, value: '', valueHtml: 'x' }] } })
  const { $ } = await open('/@bea')
  expect($('h1').text()).toBe(name)
  expect($('.fields dt').text()).toBe(name)
  expect($('script:not([src])').length).toBe(0)
})

test('who is nobody is not found, who was suspended is gone, who is elsewhere is pointed to', async () => {
  await member('bea', { account: { suspendedAt: now() } })
  await member('new', { user: { confirmedAt: null } })
  await stranger('tom', 'ocean.example')
  const statuses = await Promise.all(['/@nobody', '/@new', '/@bea', '/@nobody@ocean.example'].map(open))
  expect(statuses.map(({ status }) => status)).toEqual([404, 404, 410, 404])
  const elsewhere = await open('/@tom@ocean.example')
  expect([elsewhere.status, elsewhere.$('main a').attr('href')]).toEqual([200, 'https://ocean.example/@tom'])
})

test('the id of a member leads to their page, and that of a stranger leads nowhere unasked (W8)', async () => {
  const bea = await member('bea')
  const tom = await stranger('tom', 'ocean.example')
  const ours = await open(`/users/${bea.account.id}`)
  expect([ours.status, ours.headers.get('location')]).toEqual([302, 'http://localhost:3000/@bea'])
  const theirs = await open(`/users/${tom.id}`)
  expect([theirs.status, theirs.$('main a').attr('href')]).toEqual([200, 'https://ocean.example/@tom'])
  expect((await open('/users/x')).status).toBe(404)
})

test('the feed of a member holds what everybody may see of their own', async () => {
  const [bea, tom] = [await member('bea'), await member('tom')]
  await post(bea, { text: 'first' })
  await post(bea, { text: 'for followers', visibility: 'private' })
  await boost(bea, await post(tom, { text: 'of somebody else' }))
  const { status, headers, body } = await request('GET', '/@bea.rss')
  expect([status, headers.get('content-type')]).toEqual([200, 'application/rss+xml; charset=utf-8'])
  const $ = load(body, { xml: true })
  expect(
    $('item > description')
      .toArray()
      .map((one) => $(one).text()),
  ).toEqual(['<p>first</p>'])
})

test('the feed of a stranger is not ours to give', async () => {
  await stranger('tom', 'ocean.example')
  expect((await request('GET', '/@tom@ocean.example.rss')).status).toBe(404)
})
