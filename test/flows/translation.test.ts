import { readFile } from 'node:fs/promises'
import { expectEntity } from '#test/support/contract'
import { type KithMember, type KithProcess, startKith } from '#test/support/kiths'
import { TranslationService } from '#test/support/translators'

const service = new TranslationService()
let kith: KithProcess
let alice: KithMember

beforeAll(async () => {
  kith = await startKith('translated', {
    KITH_TRANSLATION_URL: await service.start(),
    KITH_TRANSLATION_KEY: 'k',
  })
  alice = await kith.member('alice')
}, 120_000)

afterAll(async () => {
  service.stop()
  await kith?.remove()
}, 30_000)

beforeEach(() => {
  service.status = 200
  service.asked.length = 0
})

const write = (body: object) => alice.post('/api/v1/statuses', { language: 'en', ...body })
const translate = (id: string, body: object = {}) => alice.post(`/api/v1/statuses/${id}/translate`, body)

test('STAT-30 a translation keeps the HTML, and translates warning and options', async () => {
  const { id, poll } = await write({
    status: 'hello :wave: <b> #Tea\n\nand more',
    spoiler_text: 'be "careful"',
    poll: { options: ['one & two', 'three'], expires_in: 3600 },
  })
  const found = await translate(id, { lang: 'cy' })
  expectEntity('Translation', found)
  expect(found).toMatchObject({
    spoiler_text: 'BE "CAREFUL"',
    language: 'cy',
    detected_source_language: 'en',
    provider: 'LibreTranslate',
    media_attachments: [],
    poll: { id: poll.id, options: [{ title: 'ONE & TWO' }, { title: 'THREE' }] },
  })
  expect(found.content).toMatch(
    /^<p>HELLO :wave: &lt;B&gt; <a href="[^"]+\/tags\/Tea" class="mention hashtag"/,
  )
  expect(found.content).toContain('<p>AND MORE</p>')
  expect(service.asked.at(-1)?.body).toMatchObject({
    source: 'en',
    target: 'cy',
    format: 'html',
    api_key: 'k',
  })
})

test('STAT-30 descriptions of media are translated', async () => {
  const form = new FormData()
  form.set('file', new Blob([await readFile('server/pictures/avatar.png')], { type: 'image/png' }), 'a.png')
  form.set('description', 'a <cat>')
  const headers = { Authorization: `Bearer ${alice.token}` }
  const sent = await fetch(`${kith.url}/api/v1/media`, { method: 'POST', body: form, headers })
  const medium = (await sent.json()) as { id: string }
  const { id } = await write({ media_ids: [medium.id] })
  const found = await translate(id, { lang: 'cy' })
  expectEntity('Translation', found)
  expect([found.content, found.media_attachments]).toEqual(['', [{ id: medium.id, description: 'A <CAT>' }]])
})

test('STAT-30 the same words are asked once, and the language is that of the caller unless given', async () => {
  const { id } = await write({ status: 'guten Tag', language: 'de' })
  const answers = [await translate(id), await translate(id), await translate(id, { lang: 'en' })]
  expect(answers.map(({ language }) => language)).toEqual(['en', 'en', 'en'])
  expect(service.asked.filter(({ path }) => path === '/translate')).toHaveLength(1)
})

test('STAT-30 what is not for everybody, and languages that the service does not know, are refused', async () => {
  for (const visibility of ['private', 'direct']) {
    const { id } = await write({ status: 'secret', visibility })
    await expect(translate(id, { lang: 'cy' })).rejects.toThrow('403')
  }
  const { id } = await write({ status: 'hello' })
  for (const lang of ['xx', 'en']) await expect(translate(id, { lang })).rejects.toThrow('403')
  await expect(translate('1', { lang: 'cy' })).rejects.toThrow('404')
})

test('STAT-30 TRIP-61 a service that is out of order or quota gives 503', async () => {
  const { id } = await write({ status: 'unheard of' })
  for (const status of [429, 403, 500]) {
    service.status = status
    await expect(translate(id, { lang: 'cy' })).rejects.toThrow('503')
  }
})

test('INST-25 TRIP-62 the instance says that it translates, and from what to what', async () => {
  const { configuration } = await alice.get('/api/v2/instance')
  expect(configuration.translation).toEqual({ enabled: true })
  const languages = await alice.get('/api/v1/instance/translation_languages')
  expectEntity('TranslationLanguages', languages)
  expect(languages).toEqual({
    en: ['cy', 'de'],
    cy: ['en', 'de'],
    de: ['en', 'cy'],
    und: expect.arrayContaining(['en', 'cy', 'de']),
  })
})
