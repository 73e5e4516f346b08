import { load } from 'cheerio'
import { deletePost } from '#core/posts/delete-post'
import { as, member, stranger } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { request } from '#test/support/client'

const asBrowser = { headers: { Accept: 'text/html,*/*;q=0.8' } }
const open = async (path: string) => {
  const reply = await request('GET', path, undefined, asBrowser)
  const $ = load(String(reply.body))
  return {
    ...reply,
    $,
    texts: (selector: string) =>
      $(selector)
        .toArray()
        .map((one) => $(one).text().trim()),
  }
}

test('the page of a post shows what it answers above it and its answers below it, as deep as they stand', async () => {
  const [bea, tom] = [await member('bea'), await member('tom')]
  const question = await post(tom, { text: 'cold?' })
  const answer = await post(bea, { text: 'nine degrees', replyTo: question })
  const reply = await post(tom, { text: 'brr', replyTo: answer })
  await post(bea, { text: 'cake after', replyTo: reply })
  const { status, headers, $, texts } = await open(`/@bea/${answer.id}`)
  expect(status).toBe(200)
  expect([texts('.ancestors .prose'), texts('.post.main .prose'), texts('.replies .prose')]).toEqual([
    ['cold?'],
    ['nine degrees'],
    ['brr', 'cake after'],
  ])
  expect($('.depth-2 .prose').text().trim()).toBe('cake after')
  const id = `http://localhost:3000/users/${bea.account.id}/posts/${answer.id}`
  expect(headers.get('link')).toContain(`<${id}>`)
  expect($('link[type="application/activity+json"]').attr('href')).toBe(id)
  expect($('meta[property="og:description"]').attr('content')).toBe('nine degrees')
})

test('a post that is not for everybody is not found, and neither is one under another name', async () => {
  const bea = await member('bea')
  await member('tom')
  const [hidden, open_] = [await post(bea, { visibility: 'private' }), await post(bea)]
  const paths = [`/@bea/${hidden.id}`, `/@tom/${open_.id}`, '/@bea/1', '/@bea/x', '/@nobody/1']
  expect((await Promise.all(paths.map(open))).map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
})

test('a deleted post is gone', async () => {
  const bea = await member('bea')
  const deleted = await post(bea)
  await as(bea, deletePost, { postId: deleted.id })
  const { status, $ } = await open(`/@bea/${deleted.id}`)
  expect([status, $('h1').text()]).toEqual([410, 'This is gone'])
})

test('a private answer is not in the thread that visitors see', async () => {
  const [bea, tom] = [await member('bea'), await member('tom')]
  const question = await post(bea, { text: 'who?' })
  await post(tom, { text: 'me, but psst', replyTo: question, visibility: 'private' })
  expect((await open(`/@bea/${question.id}`)).texts('.replies .prose')).toEqual([])
})

test('what stands behind a content warning is in no preview', async () => {
  const bea = await member('bea')
  const warned = await post(bea, { text: 'the butler did it', spoilerText: 'The end of the story' })
  const { $ } = await open(`/@bea/${warned.id}`)
  expect($('details.warning summary').text().trim()).toBe('The end of the story')
  expect($('details.warning').attr('open')).toBeUndefined()
  expect($('head').html()).not.toContain('butler')
})

test('quiet posts ask search engines to stay away, public ones do not', async () => {
  const bea = await member('bea')
  const [loud, quiet] = [await post(bea), await post(bea, { visibility: 'unlisted' })]
  expect((await open(`/@bea/${loud.id}`)).$('meta[name=robots]').length).toBe(0)
  expect((await open(`/@bea/${quiet.id}`)).$('meta[name=robots]').length).toBe(1)
})

test('a boost leads to what it boosts; what is elsewhere is pointed to (W8)', async () => {
  const bea = await member('bea')
  const tom = await stranger('tom', 'ocean.example')
  const own = await post(bea)
  const theirs = await post(tom, { uri: 'https://ocean.example/p/1', url: 'https://ocean.example/@tom/1' })
  const again = await open(`/@bea/${(await boost(bea, own)).id}`)
  expect([again.status, again.headers.get('location')]).toEqual([302, `http://localhost:3000/@bea/${own.id}`])
  for (const path of [`/@bea/${(await boost(bea, theirs)).id}`, `/@tom@ocean.example/${theirs.id}`]) {
    const page = await open(path)
    expect([page.status, page.$('main a').attr('href')]).toEqual([200, 'https://ocean.example/@tom/1'])
  }
})

test('the id of a post leads to its page', async () => {
  const bea = await member('bea')
  const { id } = await post(bea)
  const reply = await open(`/users/${bea.account.id}/posts/${id}`)
  expect([reply.status, reply.headers.get('location')]).toEqual([302, `http://localhost:3000/@bea/${id}`])
  expect((await open(`/users/1/posts/${id}`)).status).toBe(404)
})
