import { decodePage } from '#core/previews/decode-page'
import { readPage } from '#core/previews/read-page'
import { readPlayer } from '#core/previews/read-player'

const url = 'https://news.example/a/story?x=1'

test('STAT-31 OpenGraph comes before Twitter, structured data and plain HTML', () => {
  const page = readPage(
    `<html lang="de-AT"><head><title>Plain</title><meta name="description" content="plain words">
     <meta property="og:title" content="Bees &amp; Badgers"><meta name="twitter:title" content="Twitter">
     <meta property="og:image" content="/pictures/1.jpg"><meta property="og:image:alt" content=" A hive ">
     <meta property="og:site_name" content="News"><meta name="fediverse:creator" content="@wren@kith.example">
     <link rel="alternate" type="application/json+oembed" href="/oembed?u=1">
     <script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Data","datePublished":"2026-04-01",
       "author":[{"name":"Wren","url":"https://wren.example/"}]}]}</script></head><svg><title>no</title></svg></html>`,
    url,
  )
  expect(page).toEqual({
    title: 'Bees & Badgers',
    description: 'plain words',
    language: 'de',
    authorName: 'Wren',
    authorUrl: 'https://wren.example/',
    providerName: 'News',
    imageUrl: 'https://news.example/pictures/1.jpg',
    imageDescription: 'A hive',
    publishedAt: new Date('2026-04-01'),
    creator: 'wren@kith.example',
    oembedUrl: 'https://news.example/oembed?u=1',
  })
})

test('what a page says is text within bounds, and its addresses are of the web', () => {
  const page = readPage(
    `<title>${'x'.repeat(9000)}\u0000\n\n&lt;b&gt;</title><meta property="og:image" content="javascript:alert(1)">
     <meta name="fediverse:creator" content="nobody"><meta property="article:published_time" content="soon">
     <meta property="og:locale" content="../../etc"><script type="application/ld+json">{broken</script>
     <link rel=alternate type=application/json+oembed href="file:///etc/passwd">`,
    url,
  )
  expect(page.title).toBe('x'.repeat(255))
  expect(page).toMatchObject({
    imageUrl: null,
    creator: null,
    publishedAt: null,
    language: null,
    oembedUrl: null,
  })
  expect(readPage('', url)).toMatchObject({ title: '', description: '' })
  expect(readPage('<a>'.repeat(100_000), url).title).toBe('')
})

test('the charset is that of the header, of the page, or what fits', () => {
  const latin = Buffer.from('<meta charset="iso-8859-1"><title>Gr\u00fc\u00dfe</title>', 'latin1')
  const japanese = Buffer.from([0x93, 0x8c, 0x8b, 0x9e])
  expect(decodePage(latin, 'text/html')).toContain('Grüße')
  expect(decodePage(japanese, 'text/html; charset=Shift_JIS')).toBe('東京')
  expect(decodePage(Buffer.from('Grüße'), 'text/html; charset=nonsense')).toBe('Grüße')
  expect(decodePage(Buffer.from([0x47, 0xfc]), 'text/html')).toBe('Gü')
})

test('a player is one secure frame of our own making; everything else in its HTML is left out', () => {
  const video = (html: string) =>
    readPlayer({ type: 'video', html, width: '560', height: 315, title: 'Film' }, url)
  const good = video(
    '<script>alert(1)</script><iframe src="//video.example/e/1" onload="x()" srcdoc="<b>"></iframe>',
  )
  expect(good).toMatchObject({ kind: 'video', width: 560, height: 315, title: 'Film' })
  expect(good?.html).toMatch(
    /^<iframe src="https:\/\/video\.example\/e\/1" width="560" height="315" [^>]*sandbox="[^"]+"[^>]*><\/iframe>$/,
  )
  expect(good?.html).not.toMatch(/onload|srcdoc|script>/)
  for (const html of [
    '<iframe src="http://video.example/"></iframe>',
    '<iframe src="javascript:alert(1)"></iframe>',
    '<iframe src="http://localhost:3000/settings"></iframe>',
    '<iframe src="https://a.example"></iframe><iframe src="https://b.example"></iframe>',
    '<video src="https://a.example"></video>',
    '',
  ])
    expect(video(html)).toMatchObject({ kind: 'link', html: '' })
  expect(readPlayer({ type: 'rich', html: '<iframe src="https://a.example/"></iframe>' }, url)?.html).toBe('')
  expect(readPlayer({ type: 'photo', url: '/p.jpg', width: 3, height: 1e9 }, url)).toMatchObject({
    kind: 'photo',
    embedUrl: 'https://news.example/p.jpg',
    width: 3,
    height: 0,
  })
  for (const odd of [null, 1, 'x', [], { type: 'video' }]) expect(readPlayer(odd, url)?.html ?? '').toBe('')
})
