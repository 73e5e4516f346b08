import { flag, html, raw, safeUrl } from '#server/pages/html'

test('what is put into a template is escaped for elements and for quoted attributes', () => {
  expect(html`<p title="${`"'`}">${'<b>&</b>'}</p>`.text).toBe(
    '<p title="&quot;&#39;">&lt;b&gt;&amp;&lt;/b&gt;</p>',
  )
})

test('markup made by a template or marked as raw goes in as it is', () => {
  const items = ['<', '>'].map((one) => html`<li>${one}</li>`)
  expect(
    html`<ol>
      ${items}
    </ol>`.text.replaceAll(/\s/g, ''),
  ).toBe('<ol><li>&lt;</li><li>&gt;</li></ol>')
  expect(html`<p>${raw('<hr>')}</p>`.text).toBe('<p><hr></p>')
})

test('an object that looks like markup but was not made here is escaped', () => {
  const lookalike = JSON.parse('{"text":"<script>"}')
  expect(html`${lookalike}`.text).not.toContain('<script>')
})

test('nothing, false and true leave no trace, while zero and the empty text stay what they are', () => {
  expect(html`a${null}${undefined}${false}${true}${[]}${0}${''}b`.text).toBe('a0b')
})

test('a flag is there or not', () => {
  expect([true, false, undefined].map((on) => flag('checked', on).text)).toEqual([' checked', '', ''])
})

test.each([
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,x',
  '//elsewhere.example',
  '/\\elsewhere.example',
  'vbscript:x',
  '',
  'no address',
])('a link to %p goes nowhere', (url) => {
  expect(safeUrl(url)).toBe('#')
})

test.each([
  ['/@bea/1?x=1', '/@bea/1?x=1'],
  ['https://a.example/x', 'https://a.example/x'],
  ['http://a.example', 'http://a.example/'],
  ['#main', '#main'],
])('a link to %p is kept', (url, kept) => {
  expect(safeUrl(url)).toBe(kept)
})
