import { cursorsOf, PAGE_SIZE, pagerOf } from '#server/pages/paging'

const full = Array.from({ length: PAGE_SIZE }, (_, at) => String(100 - at))
const few = ['100', '99']
const at = (query: string) => cursorsOf(new URLSearchParams(query))
const links = (query: string, ids: string[]) => {
  const { newer, older } = pagerOf('/@bea', at(query), ids)
  return [newer, older]
}

test('the first page links to older ones when it is full, and to none when all is on it', () => {
  expect(links('', full)).toEqual([null, '/@bea?max_id=81'])
  expect(links('', few)).toEqual([null, null])
})

test('a page of older posts links back, and on when it is full', () => {
  expect(links('max_id=200', full)).toEqual(['/@bea?min_id=100', '/@bea?max_id=81'])
  expect(links('max_id=200', few)).toEqual(['/@bea?min_id=100', null])
})

test('a page of newer posts links to where one came from, and on when it is full', () => {
  expect(links('min_id=10', full)).toEqual(['/@bea?min_id=100', '/@bea?max_id=81'])
  expect(links('min_id=10', few)).toEqual([null, '/@bea?max_id=99'])
})

test('an empty page beyond the end leads back to the beginning', () => {
  expect(links('max_id=1', [])).toEqual(['/@bea', null])
})

test.each(['max_id=x', 'max_id=-1', 'max_id=', 'min_id=1;drop', 'max_id=99999999999999999999'])(
  'a cursor such as %p counts as the beginning',
  (query) => {
    expect(at(query)).toEqual({ limit: PAGE_SIZE })
  },
)
