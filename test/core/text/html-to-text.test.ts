import { composeText } from '#core/text/compose-text'
import { htmlToText } from '#core/text/html-to-text'

test.each([
  ['<p>a</p><p>b<br />c</p>', 'a\n\nb\nc'],
  ['<p>a<br><br><br><br>b</p>', 'a\n\nb'],
  ['a &amp; b &lt;c&gt; &eacute;&#x1F41D;', 'a & b <c> é🐝'],
  ['<p>a\n   b <b> c</b> </p>', 'a b c'],
  ['<p>a</p>\n\n<p>b</p>\n', 'a\n\nb'],
  ['<pre>a\n  b</pre>c', 'a\n  b\n\nc'],
  ['x<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>y', 'x\n\n- a\n- b\n- c\n\ny'],
  ['<h2>Title</h2>text', 'Title\n\ntext'],
  ['<div>a</div><div>b</div>', 'a b'],
  ['<script>x</script><style>y</style>a<!-- z -->', 'a'],
  ['<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>', '漢(kan)'],
  ['<math><semantics><annotation encoding="application/x-tex">x^2</annotation></semantics></math>', '$x^2$'],
  ['<p></p><p> </p><br>', ''],
  ['', ''],
])('%j reads %j', (html, text) => {
  expect(htmlToText(html)).toBe(text)
})

test('what was composed reads as it was typed, links in full', () => {
  const text = 'Hi @alice & #Bees:\n<https://a.example/a/rather/long/path/to/the/hives>\n\n"bye"'
  const mentions = new Map([['alice', { url: 'https://k.test/@alice', username: 'alice', acct: 'alice' }]])
  expect(htmlToText(composeText(text, { origin: 'https://k.test', format: 'post', mentions }))).toBe(text)
})
