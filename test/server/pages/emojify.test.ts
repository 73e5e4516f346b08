import { load } from 'cheerio'
import { emojifyHtml, emojifyText } from '#server/pages/emojify'

const emojis = [{ code: 'blob_cat', url: 'https://pic.example/cat.png' }]

test('a known shortcode in a text becomes its picture, described by its shortcode', () => {
  const picture = load(emojifyText('hello :blob_cat:', emojis).text)('img')
  expect([picture.attr('src'), picture.attr('alt')]).toEqual(['https://pic.example/cat.png', ':blob_cat:'])
})

test('unknown shortcodes and clock times stay as they were written', () => {
  expect(emojifyText('at 10:30:15 :nobody:', emojis).text).toBe('at 10:30:15 :nobody:')
})

test('plain text is escaped around the pictures', () => {
  expect(emojifyText('<b>:blob_cat:', emojis).text).toMatch(/^&lt;b&gt;<img\s/)
})

test('in markup only texts are searched, not attributes', () => {
  const $ = load(emojifyHtml('<p><a href="https://x.example/:blob_cat:">:blob_cat:</a></p>', emojis).text)
  expect([$('a').attr('href'), $('a > img').length, $('img').length]).toEqual([
    'https://x.example/:blob_cat:',
    1,
    1,
  ])
})

test('an emoji whose picture is no web address cannot run script', () => {
  expect(emojifyText(':bad:', [{ code: 'bad', url: 'javascript:alert(1)' }]).text).toContain('src="#"')
})
