import { escapeHtml, keepAllowed, walkHtml, type HtmlPolicy } from '#platform/html'

function events(html: string, maxDepth?: number) {
  const seen: string[] = []
  const isWhole = walkHtml(
    html,
    {
      open: (name, attributes) => seen.push(`<${name}${JSON.stringify(attributes)}`),
      text: (text) => seen.push(text),
      close: (name) => seen.push(`/${name}`),
    },
    maxDepth,
  )
  return { seen, isWhole }
}

test('a walk reports elements, decoded texts and the ends that authors forget', () => {
  expect(events('<P CLASS="a&amp;b" class=c>x&lt;y<br><b>z')).toEqual({
    seen: ['<p{"class":"a&b"}', 'x', '<', 'y', '<br{}', '/br', '<b{}', 'z', '/b', '/p'],
    isWhole: true,
  })
})

test('a walk ends where elements lie too deep, and every open element still gets its end', () => {
  expect(events('a<b><i><u>deep</u></i></b>after', 2)).toEqual({
    seen: ['a', '<b{}', '<i{}', '/i', '/b'],
    isWhole: false,
  })
  expect(events('<b></b><b></b><i><u></u></i>', 2).isWhole).toBe(true)
})

test('an allow-list keeps what it names and adds what every link gets', () => {
  const policy: HtmlPolicy = {
    elements: ['a', 'b'],
    attributes: { a: ['href'], '*': ['class'] },
    classes: ['x-*', 'y'],
    schemes: ['https'],
    links: { rel: 'nofollow' },
  }
  const html =
    '<b class="x-1 y z" id="i">1</b><i>2</i><script>3</script><a href="https://a.test" rel="x">4</a>'
  expect(keepAllowed(html, { ...policy, attributes: { a: ['href', 'rel'], '*': ['class'] } })).toBe(
    '<b class="x-1 y">1</b>2<a href="https://a.test" rel="nofollow">4</a>',
  )
  for (const href of ['http://a.test', '//a.test', 'javascript:x', 'java\nscript:x']) {
    expect(keepAllowed(`<a href="${href}">x</a>`, policy)).toBe('<a>x</a>')
  }
  expect(keepAllowed(html, policy)).not.toContain('rel')
})

test('escaping leaves no character with which an element, an attribute or an entity begins or ends', () => {
  expect(escapeHtml(`<a b="c" d='e'>&amp;`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;')
})
