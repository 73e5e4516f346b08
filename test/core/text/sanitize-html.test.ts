import { sanitizeHtml } from '#core/text/sanitize-html'

const tame = 'rel="nofollow noopener noreferrer" target="_blank"'

describe('HTML-11: what is kept', () => {
  test.each([
    '<p>a<br />b</p>',
    '<p><del>a</del><s>b</s><b>c</b><strong>d</strong><u>e</u><i>f</i><em>g</em></p>',
    '<pre><code>a\n  b</code></pre><blockquote>c</blockquote>',
    '<ul><li>a</li></ul><ol start="3" reversed><li value="2">b</li></ol>',
    '<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>',
    '<p lang="de">Größe <span translate="no">:blob:</span></p>',
    '<p class="quote-inline">RE: <span class="h-card p-name u-x dt-y e-z">b</span></p>',
    `<p><a href="https://x.test/@a" class="u-url mention" ${tame}>@<span>a</span></a></p>`,
    `<a href="https://x.test/?a=1&amp;b=%22" translate="no" ${tame}><span class="invisible">https://</span></a>`,
    '1 &lt; 2 &amp; 4 &gt; 3 "quoted" it\'s',
    '',
  ])('%j stays as it is', (html) => {
    expect(sanitizeHtml(html)).toBe(html)
  })
})

describe('HTML-11: what becomes something else', () => {
  test.each([
    ['<h1>Title</h1>text', '<p><strong>Title</strong></p>text'],
    ['<p>a<h6>b <i>c</i></h6>', '<p>a</p><p><strong>b <i>c</i></strong></p>'],
    ['<h2>a<p>b</p><ul><li>c</ul></h2>', '<p><strong>a b c</strong></p>'],
    ['<h2>a<b><h3>c</h3></b></h2>', '<p><strong>a<b> c</b></strong></p>'],
    ['<b class="x mention y">a</b>', '<b class="mention">a</b>'],
    ['<p class="x mentions ellipsis-x">a</p>', '<p>a</p>'],
    ['<span translate="yes" dir="rtl" id="x" title="t" style="color:red">a</span>', '<span>a</span>'],
    ['<div>a</div><div>b</div>', 'a b'],
    ['<table><tr><td>a<td>b</table>c', 'a b c'],
    ['<div><p>a</p></div><section>b</section>', '<p>a</p>b'],
    ['<font><center>a</center></font><marquee>b</marquee>', 'a b'],
    ['a<img src="x.png" alt="y">b', 'ab'],
    ['<b>a', '<b>a</b>'],
    ['a</b></p>', 'a<p></p>'],
    ['<!DOCTYPE html><!-- a --><?php b ?><![CDATA[c]]>d', 'd'],
    ['a\u0000b&#0;c&#27;d\ud800', 'ab\ufffdcd\ufffd'],
  ])('%j becomes %j', (html, expected) => {
    expect(sanitizeHtml(html)).toBe(expected)
  })
})

describe('HTML-11: formulas', () => {
  const formula = (inside: string, attributes = '') =>
    sanitizeHtml(`a<math${attributes}><semantics><mi>x</mi>${inside}</semantics></math>b`)
  const tex = '<annotation encoding="application/x-tex">x^2 &lt; y</annotation>'
  const plain = '<annotation encoding="text/plain">x squared</annotation>'

  test('TeX stands between dollar signs, a block between two', () => {
    expect(formula(tex)).toBe('a$x^2 &lt; y$b')
    expect(formula(plain + tex, ' display="block"')).toBe('a$$x^2 &lt; y$$b')
  })

  test('plain text or the alternative text stands alone when there is no TeX', () => {
    expect(formula(plain)).toBe('ax squaredb')
    expect(formula('', ' alttext="x<2"')).toBe('ax&lt;2b')
  })

  test('a formula that says nothing of itself goes whole', () => {
    expect(
      formula('<annotation>z</annotation><annotation-xml encoding="application/x-tex">z</annotation-xml>'),
    ).toBe('ab')
    expect(sanitizeHtml('<math><annotation encoding="application/x-tex">z</annotation></math>')).toBe('')
  })
})

describe('links', () => {
  test.each([
    'http://a.test',
    'https://a.test/',
    'mailto:a@b.test',
    'xmpp:a@b.test',
    'gemini://a.test',
    'magnet:?x=y',
  ])('federation rule 158: a link to %s survives', (href) => {
    expect(sanitizeHtml(`<a href="${href}">a</a>`)).toBe(`<a href="${href}" ${tame}>a</a>`)
  })

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'java&#x09;script:alert(1)',
    '&#106;avascript&colon;alert(1)',
    '\u0001javascript:alert(1)',
    'vbscript:x',
    'data:text/html,x',
    'file:///etc/passwd',
    'blob:https://a.test/x',
    'ftp://a.test',
    'tel:1',
    '//a.test',
    '/relative',
    '#fragment',
    'https://',
    '',
  ])('federation rule 158: a link to %j leaves its text', (href) => {
    expect(sanitizeHtml(`<a href="${href}">a <b>b</b></a>`)).toBe('a <b>b</b>')
  })

  test('federation rule 157: what a link says of itself is replaced', () => {
    expect(
      sanitizeHtml('<a rel="opener me" target="_self" ping="x" download href="https://a.test">a</a>'),
    ).toBe(`<a href="https://a.test" ${tame}>a</a>`)
  })

  test('a user name in front of the host, which hides the host, goes', () => {
    expect(sanitizeHtml('<a href="https://bank.test:x@evil.test/">a</a>')).toBe(
      `<a href="https://evil.test/" ${tame}>a</a>`,
    )
  })

  test('what browsers would rewrite is written as browsers read it', () => {
    expect(sanitizeHtml('<a href=" https:\\\\a.test\\b\tc ">a</a>')).toBe(
      `<a href="https://a.test/bc" ${tame}>a</a>`,
    )
  })
})

describe('federation rule 159: long HTML is cut', () => {
  const source = 'https://a.test/1'

  test('100 000 characters are whole, one more is cut and ends with a link to the origin', () => {
    const whole = 'x'.repeat(100_000)
    expect(sanitizeHtml(whole, source)).toBe(whole)
    const cut = sanitizeHtml(`${whole}y`, source)
    expect(cut.startsWith(`${whole}<p><a href="https://a.test/1"`)).toBe(true)
    expect(cut).not.toContain('y')
    expect(sanitizeHtml(`${whole}y`)).toBe(whole)
  })

  test('the cut never leaves half a tag, half an entity or half a character', () => {
    expect(sanitizeHtml(`${'x'.repeat(99_998)}<b>y</b>`)).toBe('x'.repeat(99_998))
    expect(sanitizeHtml(`${'x'.repeat(99_999)}😀`)).toBe('x'.repeat(99_999))
    expect(sanitizeHtml(`${'x'.repeat(99_998)}&lt;`)).toBe(`${'x'.repeat(99_998)}&amp;l`)
  })

  test('nesting is bounded; what lies deeper is behind the link to the origin', () => {
    const html = sanitizeHtml(`a${'<b>'.repeat(1000)}deep`, source)
    expect(html.match(/<b>/g)).toHaveLength(200)
    expect(html).not.toContain('deep')
    expect(html).toContain(`href="${source}"`)
  })

  test('a hostile origin is no way in', () => {
    expect(sanitizeHtml('x'.repeat(100_001), 'javascript:"><script>alert(1)</script>')).not.toMatch(
      /<script|href/,
    )
  })
})
