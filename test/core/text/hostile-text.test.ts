import { cleanName } from '#core/text/clean-name'
import { composeText } from '#core/text/compose-text'
import { countCharacters } from '#core/text/count-characters'
import { findEmojiCodes } from '#core/text/find-emoji-codes'
import { findEntities } from '#core/text/find-entities'
import { findHtmlLinks } from '#core/text/find-html-links'
import { htmlToText } from '#core/text/html-to-text'
import { normalizeHashtag } from '#core/text/normalize-hashtag'
import { sanitizeHtml } from '#core/text/sanitize-html'
import { walkHtml } from '#platform/html'

// Every input is 1 MiB. Where an expression backtracked or a stack were searched without a bound, one of these
// would take minutes; the assertions bound what is produced.
const size = 2 ** 20
const fill = (piece: string) => piece.repeat(Math.ceil(size / piece.length)).slice(0, size)

const pieces = [
  ...'@ @a @a@ @a@b. @a. @a- @a@b:33 # #a #a· #_ #\u0301 ＃é : :a :a: < & \u200d 👩‍👩‍👧 🇩🇪 e\u0301'.split(' '),
  ...`https: https:// https://a https://a/( https://a/[({" https://a. https://a/' xmpp:a xmpp:a@ magnet:?`.split(
    ' ',
  ),
  'gemini://a?!',
  '@a@日本 ',
  '#1 ',
  '\n',
  ' \n',
  ' ',
]
const texts: readonly (readonly [string, string])[] = [
  ...pieces.map((piece) => [piece, fill(piece)] as const),
  ['a hashtag of joiners', `#a${'·'.repeat(size)}`],
  ['a mention of dots', `@a${'.'.repeat(size)}`],
  ['a domain of labels', `@a@${fill('b.')}`],
  ['a host of letters', `https://${'a'.repeat(size)}`],
  ['a path of brackets', `https://a.test/${fill('[({"')}`],
  ['paths of opened brackets with much inside', fill(`https://a.test/(${'a'.repeat(990)}`)],
  ['one grapheme', `e${'\u0301'.repeat(size)}`],
]

describe('GHSA-jpxp-r43f-rhvx: text of 1 MiB is read in linear time', () => {
  test.each(texts)('%j', (_, text) => {
    const entities = findEntities(text)
    const covered = entities.reduce((sum, { start, end }) => sum + end - start, 0)
    expect(covered).toBeLessThanOrEqual(text.length)
    entities.forEach(({ start, end }, at) => {
      const before = entities[at - 1]?.end ?? 0
      if (start < before || end <= start) expect([before, start, end]).toBe('in order and apart')
    })
    // Nine characters (https://a) count as 23.
    expect(countCharacters(text)).toBeLessThanOrEqual(text.length * 3)
    expect(findEmojiCodes(text).length).toBeLessThanOrEqual(1)
    expect(cleanName(text).length).toBeLessThanOrEqual(2047)
    expect(normalizeHashtag(text)).toBeNull()
  })

  test.each(texts)('%j becomes HTML of bounded size', (_, text) => {
    const part = text.slice(0, size / 16)
    // The shortest hashtag, three characters with its space, becomes about 90.
    expect(composeText(part, { origin: 'https://k.test', format: 'post' }).length).toBeLessThan(
      part.length * 45,
    )
    expect(composeText(part, { origin: 'https://k.test', format: 'field' })).not.toContain('\n')
  })
})

const markup = [
  ...`< </ <! <!-- <!--> <? <![CDATA[ & &# &#x &am &amp; &#x41; " ' = \0 \ud800`.split(' '),
  ...'<b> </b> <i></i> <p> </p> <br> </br> <h1> </h1> <div> a<div></div> <li> <ul><li> <a> <x-y> <form>'.split(
    ' ',
  ),
  ...'<table><tr><td> <select><option> <ruby><rt><rp> <title> <svg> <math> <mi> <math><mi> <template>'.split(
    ' ',
  ),
  ...'<svg><foreignObject> <annotation-xml> <script> </script <style> <xmp> <textarea> <iframe>'.split(' '),
  ...'<noscript> <plaintext> <a href=http:a> <span class="h-"> <p lang=x> <ol reversed>'.split(/ (?=<)/),
  '<math><semantics><annotation encoding="text/plain">',
  '<a href="https://a b">',
  '<a ',
  '<a href=',
  '<a href="',
  '<b a><b b>',
  '<p class="a ',
  '<b x=',
  '\t ',
]

describe('CVE-2025-68475, CVE-2025-59466: HTML of 1 MiB is read in linear time and without recursion', () => {
  test.each(markup)('%j', (piece) => {
    const html = fill(piece)
    const clean = sanitizeHtml(html, 'https://a.test/1')
    // 100,000 characters are read; <h1> and an ampersand grow most.
    expect(clean.length).toBeLessThan(7 * 100_000)
    if (clean.length <= 100_000) expect(sanitizeHtml(clean)).toBe(clean)
    expect(htmlToText(html).length).toBeLessThanOrEqual(2 * 100_000)
    expect(findHtmlLinks(html).length).toBeLessThanOrEqual(1)
  })

  test.each([
    ['<b>', '</i>'],
    ['<b>', '</b>'],
    ['<svg>', '</math>'],
    ['<p><b>', '<p>'],
    ['<form>', '</p>'],
    ['<math><mi>', '</svg>'],
  ])('half a MiB of %j before half a MiB of %j', (opening, closing) => {
    const half = size / 2
    const html = opening.repeat(half / opening.length) + closing.repeat(half / closing.length)
    let steps = 0
    const step = () => {
      steps += 1
    }
    walkHtml(html, { open: step, text: step, close: step })
    expect(steps).toBeLessThanOrEqual(html.length)
    expect(sanitizeHtml(html).length).toBeLessThan(7 * 100_000)
  })

  test('an element with 100,000 attributes is one element', () => {
    const html = `<p ${Array.from({ length: 100_000 }, (_, at) => `a${at}`).join(' ')} class="mention">x</p>`
    expect(sanitizeHtml(html)).toBe('')
    expect(sanitizeHtml(html.slice(0, 90_000).replace(/ \w*$/, ' class="mention">x</p>'))).toBe(
      '<p class="mention">x</p>',
    )
  })
})
