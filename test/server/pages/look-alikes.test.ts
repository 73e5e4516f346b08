import { load } from 'cheerio'
import { sanitizeHtml } from '#core/text/sanitize-html'
import { member, stranger } from '#test/factories/account'
import { post } from '#test/factories/post'
import { kith } from '#test/support/cli'
import { request } from '#test/support/client'

// The і of the first is Cyrillic.
const LOOKS_LIKE = 'bіrds.example'
const IS = 'xn--brds-l9d.example'

test('federation rule 162: pages show the host of a look-alike handle as it is, in full when hovered', async () => {
  const alice = await member('alice')
  const root = await post(alice, { text: 'hello' })
  const fake = await stranger('ann', IS, { displayName: `ann@${LOOKS_LIKE}` })
  const html = `<p><a href="https://${LOOKS_LIKE}/@ann" class="u-url mention">@<span>ann</span></a> hi</p>`
  await post(fake, { uri: `https://${IS}/1`, html: sanitizeHtml(html), replyTo: root })
  const { status, body } = await request('GET', `/@alice/${root.id}`, undefined, {
    headers: { Accept: 'text/html' },
  })
  expect(status).toBe(200)
  const $ = load(String(body))
  const handle = $('.handle').filter((_, each) => $(each).text().includes('@ann'))
  expect([handle.text(), handle.attr('title')]).toEqual([`@ann@${IS}`, `@ann@${IS}`])
  expect($('.prose a.mention').attr('href')).toBe(`https://${IS}/@ann`)
})

test('federation rule 162: the command line shows operators the host as it is', async () => {
  await stranger('ann', IS)
  expect((await kith('domains', 'limit', LOOKS_LIKE)).out).toContain(`${IS} is limited`)
  expect((await kith('domains', 'list')).out).toContain(IS)
  await kith('suggest', 'add', `ann@${LOOKS_LIKE}`)
  const { out } = await kith('suggest', 'list')
  expect(out).toContain(`ann@${IS}`)
  expect((await kith('federation', 'why', `@ann@${LOOKS_LIKE}`)).out).toContain(IS)
  expect((await kith('federation', 'host', IS)).out).toContain(IS)
})
