import jsonld from 'jsonld'
import { isKnownContext, loadContext, unknownContexts } from '#federation/contexts'
import { fixtureNames, fixtureFolders, readFixture } from '#test/support/fixtures'

const expand = (document: object) => jsonld.expand(document, { documentLoader: loadContext })

const bundled = [
  'https://www.w3.org/ns/activitystreams',
  'https://w3id.org/security/v1',
  'https://w3id.org/security/v2',
  'https://w3id.org/identity/v1',
  'https://w3id.org/security/data-integrity/v1',
  'https://w3id.org/security/data-integrity/v2',
  'https://w3id.org/security/multikey/v1',
  'https://www.w3.org/ns/did/v1',
  'https://www.w3.org/ns/cid/v1',
  'https://schema.org',
  'https://pleroma.example/schemas/litepub-0.1.jsonld',
  'https://litepub.social/litepub/context.jsonld',
  'https://gotosocial.org/ns',
  'https://join-lemmy.org/context.json',
  'http://joinmastodon.org/ns',
  'https://purl.archive.org/miscellany',
  'https://purl.archive.org/socialweb/webfinger',
  'https://purl.archive.org/socialweb/mls',
  'https://funkwhale.audio/ns',
  'https://hub.example/apschema',
  'https://hub.example/apschema/v1.9',
  'https://kbin.example/contexts',
  ...['5711', 'ef61', '044f', 'c0e0', '8a8e', '171b', '7aa9'].map(
    (number) => `https://w3id.org/fep/${number}`,
  ),
]

test.each(bundled)('%s is at hand, by http and with a slash too, and can be expanded with', async (url) => {
  for (const variant of [url, `${url}/`, url.replace('https:', 'http:'), url.replace('http:', 'https:')]) {
    expect([variant, isKnownContext(variant)]).toEqual([variant, true])
  }
  const before = unknownContexts()
  await expand({ '@context': ['https://www.w3.org/ns/activitystreams', url], type: 'Note', name: 'x' })
  expect(unknownContexts()).toBe(before)
})

test('terms of the bundle mean what their projects say', async () => {
  const [litepub] = await expand({
    '@context': 'https://a.example/schemas/litepub-0.1.jsonld',
    type: 'EmojiReact',
    quoteUri: 'x',
    conversation: 'https://a.example/1',
  })
  expect(litepub).toMatchObject({
    '@type': ['http://litepub.social/ns#EmojiReact'],
    'http://fedibird.com/ns#quoteUri': [{ '@value': 'x' }],
    'http://ostatus.org#conversation': [{ '@id': 'https://a.example/1' }],
  })
  const [quote] = await expand({
    '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/fep/044f'],
    quote: 'https://a.example/2',
  })
  expect(quote).toEqual({ 'https://w3id.org/fep/044f#quote': [{ '@id': 'https://a.example/2' }] })
  const [zot] = await expand({ '@context': 'https://hub.example/apschema/v1.9', directMessage: true })
  expect(zot).toEqual({ 'https://hub.example/apschema#directMessage': [{ '@value': true }] })
})

test.each([
  'https://evil.test/context',
  'http://127.0.0.1/',
  'https://169.254.169.254/contexts/spoof',
  'file:///etc/passwd',
  'not an address',
  'https://evil.test/apschema/../x',
])(
  'JSONLD-REMOTE-CONTEXT, CVE-2026-47746, federation rule 97: %s is not fetched but empty, and counted',
  async (url) => {
    const before = unknownContexts()
    const first = await loadContext(url)
    expect(first.document).toEqual({ '@context': {} })
    expect(await loadContext(url)).toEqual(first)
    expect(unknownContexts()).toBe(before + 2)
    expect(isKnownContext(url)).toBe(false)
    const [note] = await expand({
      '@context': ['https://www.w3.org/ns/activitystreams', url],
      type: 'Note',
      name: 'x',
      evil: 'y',
    })
    expect(note).toMatchObject({ '@type': ['https://www.w3.org/ns/activitystreams#Note'] })
    expect(Object.keys(note!).some((term) => term.includes('evil.test'))).toBe(false)
  },
)

const folders = fixtureFolders()
const maybe = folders.length > 0 ? test : test.skip

maybe('every captured payload expands without a context being missed but those of single hosts', async () => {
  const missed = new Set<string>()
  for (const folder of folders) {
    for (const name of fixtureNames(folder)) {
      const found = JSON.stringify(JSON.parse(readFixture(`${folder}/${name}`).toString())['@context'] ?? [])
      for (const [, url] of found.matchAll(/(?<!:)"(https?:[^"]+)"(?!:)/g))
        if (!isKnownContext(url!)) missed.add(url!)
    }
  }
  expect([...missed]).toEqual(['https://puckipedia.com/-/context'])
})
