import { load } from 'cheerio'
import { avatar } from '#server/pages/parts/avatar'

const shown = (displayName: string, handle = '@bea') => {
  const span = load(avatar({ displayName, handle, avatarUrl: null }, 48).text)('span')
  return { letter: span.text(), hue: /hue-\d/.exec(span.attr('class')!)![0] }
}

test.each([
  ['Émile', 'É'],
  ['🌻 ayo', 'A'],
  [':wave: tom', 'T'],
  ['木村', '木'],
  ['', 'B'],
  ['🌻', 'B'],
])('without a picture, %p is shown by %p', (displayName, letter) => {
  expect(shown(displayName).letter).toBe(letter)
})

test('the colour of an account is the same with and without its host', () => {
  expect(shown('', '@bea').hue).toBe(shown('Bea', '@bea@harbour.example').hue)
})
