import { composeText, type MentionedAccount, type TextSetting } from '#core/text/compose-text'

const origin = 'https://kith.example'
const alice = { url: 'https://kith.example/@alice', username: 'alice', acct: 'alice' }
const bob = { url: 'https://other.test/users/Bob', username: 'Bob', acct: 'Bob@other.test' }
const known = new Map<string, MentionedAccount>([
  ['alice', alice],
  ['bob@other.test', bob],
])

const compose = (text: string, setting: Partial<TextSetting> = {}) =>
  composeText(text, { origin, mentions: known, format: 'post', ...setting })
const mention = (url: string, name: string) =>
  `<span class="h-card" translate="no"><a href="${url}" class="u-url mention">@<span>${name}</span></a></span>`

describe('paragraphs', () => {
  test('HTML-01: blank lines separate paragraphs, single line breaks become br', () => {
    expect(compose('one\ntwo\n\nthree')).toBe('<p>one<br />two</p><p>three</p>')
  })

  test('HTML-01: any run of blank lines is one separation, at the ends it is nothing', () => {
    expect(compose('\r\n\r\n one\r\n \t \r\n\r\n\r\ntwo\r\n\r\n')).toBe('<p> one</p><p>two</p>')
  })

  test('HTML-01: no raw newline survives, whatever the platform calls a newline', () => {
    expect(compose('a\rb\u0085c\u2028d\u2029e\r\nf')).toBe('<p>a<br />b<br />c<br />d<br />e<br />f</p>')
  })

  test.each(['', ' ', '\n\n', '\u0000'])('blank text (%j) gives nothing', (text) => {
    expect(compose(text)).toBe('')
    expect(compose(text, { format: 'field' })).toBe('')
  })
})

describe('escaping', () => {
  test('HTML-02: everything typed is escaped', () => {
    expect(compose(`<b>&amp;"it's"</b>`)).toBe('<p>&lt;b&gt;&amp;amp;&quot;it&#39;s&quot;&lt;/b&gt;</p>')
  })

  test('HTML-02: there is no Markdown', () => {
    expect(compose('**a** _b_ [c](d) # e')).toBe('<p>**a** _b_ [c](d) # e</p>')
  })

  test('control characters that databases and XML refuse are left out, broken surrogates are replaced', () => {
    expect(compose('a\u0000b\u001b[31mc\u007f\ud800d')).toBe('<p>ab[31mc\ufffdd</p>')
  })

  test('HTML-13: custom emojis stay as they were typed', () => {
    expect(compose(':blob_cat: <:x:>')).toBe('<p>:blob_cat: &lt;:x:&gt;</p>')
  })
})

describe('mentions', () => {
  test('HTML-03: a mention becomes a card that shows the user part', () => {
    expect(compose('hi @alice!')).toBe(`<p>hi ${mention(alice.url, 'alice')}!</p>`)
    expect(compose('@bob@other.test')).toBe(`<p>${mention(bob.url, 'Bob')}</p>`)
  })

  test('HTML-03: the case and the script in which a handle was typed do not matter', () => {
    const there = { url: 'https://bücher.example/@b', username: 'b', acct: 'b@bücher.example' }
    const mentions = new Map([['b@xn--bcher-kva.example', there]])
    expect(compose('@B@BÜCHER.example', { mentions })).toBe(`<p>${mention(there.url, 'b')}</p>`)
    expect(compose('@ALICE')).toContain(mention(alice.url, 'alice'))
  })

  test('HTML-03: two mentioned accounts with one name are told apart by their domain', () => {
    const there = { url: 'https://other.test/@Alice', username: 'Alice', acct: 'Alice@other.test' }
    const mentions = new Map([
      ['alice', alice],
      ['alice@other.test', there],
    ])
    expect(compose('@alice @alice@other.test', { mentions })).toBe(
      `<p>${mention(alice.url, 'alice')} ${mention(there.url, 'Alice@other.test')}</p>`,
    )
  })

  test('HTML-03: one account under two handles is no namesake of itself', () => {
    const mentions = new Map([
      ['bob@other.test', bob],
      ['bob@www.other.test', { ...bob }],
    ])
    expect(compose('@bob@www.other.test', { mentions })).toBe(`<p>${mention(bob.url, 'Bob')}</p>`)
  })

  test('HTML-04: a mention of nobody known stays plain text', () => {
    expect(compose('@nobody @bob @x@y.test')).toBe('<p>@nobody @bob @x@y.test</p>')
    expect(compose('@alice', { mentions: new Map() })).toBe('<p>@alice</p>')
  })

  test('hostile account data cannot leave its place', () => {
    const mallory = { url: 'https://e.test/"><script>', username: '<b>"', acct: '<i>@e.test' }
    expect(compose('@m', { mentions: new Map([['m', mallory]]) })).toBe(
      `<p>${mention('https://e.test/&quot;&gt;&lt;script&gt;', '&lt;b&gt;&quot;')}</p>`,
    )
  })
})

describe('hashtags', () => {
  test('HTML-05: a hashtag keeps the case that was typed', () => {
    expect(compose('#BlackCats.')).toBe(
      '<p><a href="https://kith.example/tags/BlackCats" class="mention hashtag" rel="tag">#<span>BlackCats</span></a>.</p>',
    )
  })

  test('HTML-12: letters of any script make a hashtag, digits alone do not', () => {
    expect(compose('#猫 #2026')).toBe(
      '<p><a href="https://kith.example/tags/%E7%8C%AB" class="mention hashtag" rel="tag">#<span>猫</span></a> #2026</p>',
    )
  })
})

describe('links', () => {
  const link = (url: string, prefix: string, shown: string, rest = '') =>
    `<a href="${url}" target="_blank" rel="nofollow noopener" translate="no"><span class="invisible">${prefix}</span>` +
    `<span class="${rest ? 'ellipsis' : ''}">${shown}</span><span class="invisible">${rest}</span></a>`

  test('HTML-06: a short URL hides its protocol', () => {
    expect(compose('https://wren.example/hives')).toBe(
      `<p>${link('https://wren.example/hives', 'https://', 'wren.example/hives')}</p>`,
    )
  })

  test('HTML-06: www. is hidden too, and what follows the next 30 characters', () => {
    const url = 'http://www.example.com/0123456789012345678901234567890'
    expect(compose(url)).toBe(
      `<p>${link(url, 'http://www.', 'example.com/012345678901234567', '8901234567890')}</p>`,
    )
  })

  test('HTML-06: exactly 30 characters are not cut, one more is', () => {
    const url = `https://a.example/${'x'.repeat(20)}`
    expect(compose(url)).toContain(`<span class="">a.example/${'x'.repeat(20)}</span>`)
    expect(compose(`${url}y`)).toContain('<span class="invisible">y</span>')
  })

  test('HTML-06: a character outside the basic plane is never cut in half', () => {
    expect(compose(`https://a.example/${'𝒳'.repeat(25)}`)).toContain(
      `<span class="ellipsis">a.example/${'𝒳'.repeat(20)}</span><span class="invisible">${'𝒳'.repeat(5)}</span>`,
    )
  })

  test('HTML-06: a query is escaped in the target, in what is shown and in the rest', () => {
    const url = "https://a.example/?b='1&c=2&d=34567890&e='5"
    const shown = url.replaceAll('&', '&amp;').replaceAll("'", '&#39;')
    const rest = '&amp;e=&#39;5'
    expect(compose(url)).toBe(`<p>${link(shown, 'https://', shown.slice(8, -rest.length), rest)}</p>`)
  })

  test.each([
    ['gemini://g.example/x', 'gemini://', 'g.example/x'],
    ['xmpp:bees@muc.example?join', 'xmpp:', 'bees@muc.example?join'],
    ['magnet:?xt=urn:btih:c0ffee', '', 'magnet:?xt=urn:btih:c0ffee'],
  ])('HTML-07: %s is linked', (url, prefix, shown) => {
    expect(compose(url)).toBe(`<p>${link(url, prefix, shown)}</p>`)
  })

  test.each([
    'example.com',
    'www.example.com',
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://a.test',
    'a@b.test',
  ])('HTML-07: %s is not linked', (text) => {
    expect(compose(text)).toBe(`<p>${text}</p>`)
  })
})

describe('profiles', () => {
  test('HTML-08: a field has no paragraphs, its links say me and its mentions show the domain', () => {
    expect(compose('see\n\nhttps://a.example by @bob@other.test', { format: 'field' })).toBe(
      'see <a href="https://a.example" target="_blank" rel="nofollow noopener me" translate="no">' +
        '<span class="invisible">https://</span><span class="">a.example</span><span class="invisible"></span></a>' +
        ` by ${mention(bob.url, 'Bob@other.test')}`,
    )
  })

  test('HTML-08: a note is formatted like a post', () => {
    const text = 'Bees\n\n@alice #hives https://a.example'
    expect(compose(text, { format: 'note' })).toBe(compose(text))
    expect(compose(text, { format: 'note' })).not.toContain(' me"')
  })
})

describe('quotes', () => {
  const quoteUrl = 'https://kith.example/@wren/115'

  test('HTML-10: a quote whose URL is not in the text goes in front', () => {
    expect(compose('Good news.', { quoteUrl })).toMatch(
      /^<p class="quote-inline">RE: <a href="https:\/\/kith\.example\/@wren\/115" .*<\/a><\/p><p>Good news\.<\/p>$/,
    )
  })

  test('HTML-10: a quote without words is a reference alone', () => {
    expect(compose('', { quoteUrl })).toMatch(/^<p class="quote-inline">.*<\/p>$/)
  })

  test('HTML-10: a quote whose URL is in the text is not repeated', () => {
    expect(compose(`RE ${quoteUrl}`, { quoteUrl })).not.toContain('quote-inline')
  })
})
