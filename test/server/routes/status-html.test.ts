import { receivePost } from '#core/posts/receive-post'
import { cast, member, type Member, stranger } from '#test/factories/account'
import { outside, remotePost } from '#test/factories/remote-post'
import { client } from '#test/support/client'

const contentOf = async (author: Member, status: string): Promise<string> =>
  (await client(author).post('/api/v1/statuses', { status })).body.content

test('HTML-01 and HTML-02 paragraphs, lines and everything typed', async () => {
  const alice = await member('alice')
  expect(await contentOf(alice, 'one\ntwo\r\n\r\n\n**three** <b>&"')).toBe(
    '<p>one<br />two</p><p>**three** &lt;b&gt;&amp;&quot;</p>',
  )
})

test('HTML-03 a mention shows the user alone, and the whole address where two share a name', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  await stranger('bob')
  const shown = (url: string, name: string) =>
    `<span class="h-card" translate="no"><a href="${url}" class="u-url mention">@<span>${name}</span></a></span>`
  expect(await contentOf(alice, 'hi @bob')).toBe(`<p>hi ${shown('http://localhost:3000/@bob', 'bob')}</p>`)
  const both = await contentOf(alice, '@bob @bob@remote.example')
  expect(both).toContain(shown('https://remote.example/@bob', 'bob@remote.example'))
  expect(bob.account.username).toBe('bob')
})

test('HTML-04 a mention of nobody stays text', async () => {
  const alice = await member('alice')
  expect(await contentOf(alice, '@nobody @who@nowhere.example')).toBe('<p>@nobody @who@nowhere.example</p>')
})

test('HTML-05 and HTML-12 hashtags keep the case that was typed and link to their page', async () => {
  const alice = await member('alice')
  expect(await contentOf(alice, '#CaféCats #123')).toBe(
    '<p><a href="http://localhost:3000/tags/Caf%C3%A9Cats" class="mention hashtag" rel="tag">#<span>CaféCats</span></a> #123</p>',
  )
})

test('HTML-06 and HTML-07 links are shortened in three spans; bare domains are none', async () => {
  const alice = await member('alice')
  const url = `https://www.example.com/${'path/'.repeat(10)}`
  const content = await contentOf(alice, `${url} example.com`)
  expect(content).toContain(`<a href="${url}" target="_blank" rel="nofollow noopener" translate="no">`)
  expect(content).toContain('<span class="invisible">https://www.</span>')
  expect(content).toMatch(/<span class="ellipsis">[^<]{30}<\/span><span class="invisible">[^<]+<\/span>/)
  expect(content).toMatch(/ example\.com<\/p>$/)
})

test('HTML-11 what other servers send is sanitised', async () => {
  const rea = await stranger('rea')
  const { id } = await receivePost(
    outside,
    remotePost(rea, '1', {
      html: '<h1>Title</h1><p class="evil mention">x <a href="javascript:alert(1)">y</a><img src=x onerror=alert(1)></p><iframe src="//evil.example"></iframe>',
    }),
  )
  const { content } = (await client().get(`/api/v1/statuses/${id}`)).body
  expect(content).not.toMatch(/javascript|onerror|<img|<iframe|evil/)
  expect(content).toContain('<p><strong>Title</strong></p>')
  expect(content).toContain('class="mention"')
})

test('HTML-13 custom emojis stay shortcodes in the text', async () => {
  const alice = await member('alice')
  expect(await contentOf(alice, 'a :bee:')).toBe('<p>a :bee:</p>')
})

test('STAT-04 warnings and options are plain text', async () => {
  const alice = await member('alice')
  const { body } = await client(alice).post('/api/v1/statuses', {
    status: 'x',
    spoiler_text: '<b> & co',
    poll: { options: ['<i>', '&amp;'], expires_in: 600 },
  })
  expect([body.spoiler_text, body.poll.options[0].title, body.poll.options[1].title]).toEqual([
    '<b> & co',
    '<i>',
    '&amp;',
  ])
})

test('POST-07 direct posts reach the people in them, private ones followers too', async () => {
  const { alice, bob, carol } = await cast('alice', 'bob', 'carol')
  const { body } = await client(alice).post('/api/v1/statuses', { status: '@bob psst', visibility: 'direct' })
  const statusFor = async (who?: Member) => (await client(who).get(`/api/v1/statuses/${body.id}`)).status
  expect([await statusFor(bob), await statusFor(carol), await statusFor()]).toEqual([200, 404, 404])
})

test('POST-12 only what becomes a link or a mention counts less', async () => {
  const alice = await member('alice')
  const post = async (status: string) => (await client(alice).post('/api/v1/statuses', { status })).status
  const domain = `${'d'.repeat(60)}.example`
  expect(await post(`${'x'.repeat(495)} @bob@${domain}`)).toBe(200)
  expect(await post(`${'x'.repeat(495)} bob@${domain}`)).toBe(422)
  expect(await post(`${'x'.repeat(470)} www.${domain}/${'y'.repeat(40)}`)).toBe(422)
})
