import { load } from 'cheerio'
import { profileFeed } from '#server/pages/views/feed'
import { hostile, samplePost, visitorSite } from '#test/support/page-samples'

const plain = { ...samplePost('1', ''), spoiler: '', sensitive: false, url: 'https://harbour.example/@bea/1' }
const view = {
  username: 'bea',
  displayName: 'Bea',
  handle: '@bea@harbour.example',
  note: 'Cold water',
  avatarUrl: null,
  posts: [plain],
}
const read = (xml: string) => load(xml, { xml: true })

test('a feed names the account, links to its page and to itself, and holds its posts', () => {
  const $ = read(profileFeed(visitorSite, view))
  expect($('channel > title').text()).toBe('Bea (@bea@harbour.example)')
  expect($('channel > link').text()).toBe('https://harbour.example/@bea')
  expect($('atom\\:link').attr('href')).toBe('https://harbour.example/@bea.rss')
  expect($('item > guid').text()).toBe('https://harbour.example/@bea/1')
  expect($('item > pubDate').text()).toBe('Sat, 14 Mar 2026 09:12:00 GMT')
  expect($('item > description').text()).toContain('<p>First swim of the <strong>year</strong></p>')
})

test('what stands behind a content warning does not leave with the feed', () => {
  const [warned, sensitive] = [
    { ...plain, spoiler: 'Fish & chips' },
    { ...plain, sensitive: true },
  ]
  const $ = read(profileFeed(visitorSite, { ...view, posts: [warned, sensitive] }))
  const [first, second] = $('item > description')
    .toArray()
    .map((one) => $(one).text())
  expect(first).toBe('<p>Content warning: Fish &amp; chips</p>')
  expect(second).not.toContain('<img')
})

test('hostile names and texts neither break the feed nor run in a reader', () => {
  const posts = [{ ...plain, spoiler: `${hostile}]]>]]>\u0000\u0008\ud800` }, plain]
  const $ = read(
    profileFeed(visitorSite, { ...view, displayName: hostile, note: `]]>${hostile}\u000b`, posts }),
  )
  expect($('item').length).toBe(2)
  const description = $('item > description').first().text()
  expect(load(description)('script, img').length).toBe(0)
  expect($.root().find('script').length).toBe(0)
})
