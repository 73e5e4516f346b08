import { matchFilters, readyFilter } from '#core/filters/match-filters'
import { inSeconds, shiftClock } from '#platform/clock'

type Word = string | { whole: string }

const filterOf = (words: Word[], more: object = {}) =>
  readyFilter({
    id: '1',
    accountId: '2',
    title: 'bees',
    contexts: ['home'],
    action: 'warn',
    expiresAt: null,
    keywords: words.map((each, at) => ({
      id: String(at + 1),
      keyword: typeof each === 'string' ? each : each.whole,
      isWholeWord: typeof each !== 'string',
    })),
    posts: [],
    ...more,
  })

/** What a filter of these words finds in a text. */
const found = (text: string, ...words: Word[]) =>
  matchFilters([filterOf(words)], { text, postIds: ['9'] }).map(({ keywords }) => keywords)

afterEach(() => shiftClock(0))

test('FILT-04 a keyword matches without regard to case, anywhere, as the post has it', () => {
  expect(found('I like BeeS and wasps', 'bees')).toEqual([['BeeS']])
  expect(found('beekeeper', 'bee')).toEqual([['bee']])
  expect(found('Straße GRÖSSE', 'größe')).toEqual([])
  expect(found('ÀÉÎ', 'àéî')).toEqual([['ÀÉÎ']])
  expect(found('nothing of it', 'bees')).toEqual([])
})

test('FILT-04 a whole word has borders where it begins or ends with a character of words, in any script', () => {
  expect(found('beekeeper', { whole: 'bee' })).toEqual([])
  expect(found('a bee!', { whole: 'bee' })).toEqual([['bee']])
  expect(found('#bee', { whole: 'bee' })).toEqual([['bee']])
  expect(found('bee_keeper', { whole: 'bee' })).toEqual([])
  expect(found('пчела', { whole: 'чел' })).toEqual([])
  expect(found('одна пчела тут', { whole: 'пчела' })).toEqual([['пчела']])
  expect(found('über', { whole: 'ber' })).toEqual([])
  expect(found('what:)ever', { whole: ':)' })).toEqual([[':)']])
  expect(found('c++11', { whole: 'c++' })).toEqual([['c++']])
  expect(found('abc++', { whole: 'c++' })).toEqual([])
})

test('FILT-04 a keyword is text, whatever it looks like to a machine', () => {
  expect(found('anything', '.*', 'a|b', '(', '[a-z', '\\w')).toEqual([])
  expect(found('(a|b) costs $1', 'a|b', '$1')).toEqual([['a|b']])
  expect(found(`${'a'.repeat(500)}b`, `${'a'.repeat(40)}c`)).toEqual([])
})

test('FILT-06 only the first match of a filter is told, and each filter that matches once', () => {
  const filters = [filterOf(['wasps', 'bees']), filterOf(['honey']), filterOf(['bees', 'wasps'], { id: '3' })]
  const matches = matchFilters(filters, { text: 'bees, then wasps', postIds: ['9'] })
  expect(matches.map(({ filter, keywords, postIds }) => [filter.id, keywords, postIds])).toEqual([
    ['1', ['bees'], null],
    ['3', ['bees'], null],
  ])
})

test('FILT-05 a filter of posts matches just these, and boosts of them', () => {
  const filters = [filterOf([], { posts: [{ id: '5', postId: '9' }] })]
  const ids = (...postIds: string[]) => matchFilters(filters, { text: 'x', postIds })
  expect(ids('9')).toMatchObject([{ keywords: null, postIds: ['9'] }])
  expect(ids('10', '9')).toMatchObject([{ postIds: ['9'] }])
  expect(ids('10')).toEqual([])
})

test('FILT-03 a filter that has expired matches nothing', () => {
  const filters = [filterOf(['bees'], { expiresAt: inSeconds(60) })]
  const post = { text: 'bees', postIds: ['9'] }
  expect(matchFilters(filters, post)).toHaveLength(1)
  shiftClock(61_000)
  expect(matchFilters(filters, post)).toEqual([])
})

test('a thousand keywords and a long post keep nobody waiting', () => {
  const words = Array.from({ length: 1000 }, (_, at) => ({ whole: `word${at} ${'x'.repeat(400)}` }))
  const filters = [filterOf(words)]
  const text = 'word1 word22 word333 '.repeat(500)
  const began = performance.now()
  for (let count = 0; count < 10; count += 1) matchFilters(filters, { text, postIds: ['9'] })
  expect((performance.now() - began) / 10).toBeLessThan(500)
})
