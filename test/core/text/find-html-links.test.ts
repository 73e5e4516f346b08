import { composeText } from '#core/text/compose-text'
import { findHtmlLinks } from '#core/text/find-html-links'

test('STAT-31, federation rule 111: links in order and once, without mentions, hashtags and other protocols', () => {
  expect(
    findHtmlLinks(
      '<a href="https://m.test/@a" class="u-url mention">@a</a> <a class="hashtag" href="https://m.test/tags/b">#b</a> ' +
        '<a href="mailto:a@b.test">mail</a> <a href="javascript:x">x</a> <a>y</a> ' +
        '<a href="https://one.test/?a=1&amp;b=2">one</a> <a href="https://two.test">two</a> <a href="https://two.test">2</a>',
    ),
  ).toEqual(['https://one.test/?a=1&b=2', 'https://two.test'])
})

test('STAT-31: what was composed gives the links of its text', () => {
  const html = composeText('#a https://one.test, xmpp:a@b.test', { origin: 'https://k.test', format: 'post' })
  expect(findHtmlLinks(html)).toEqual(['https://one.test'])
})
