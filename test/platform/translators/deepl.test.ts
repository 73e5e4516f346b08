import { Unavailable } from '#platform/errors'
import { deepl } from '#platform/translators/deepl'
import type { AskService } from '#platform/translators/service'
import { TranslationService } from '#test/support/translators'

const service = new TranslationService()
let url: string

beforeAll(async () => {
  url = await service.start()
})
afterAll(() => service.stop())

const ask: AskService = async (path, { headers = {}, body } = {}) => {
  const method = body ? 'POST' : 'GET'
  const answer = await fetch(url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
  return answer.json()
}

test('DeepL is asked with its key, in capitals, and as HTML', async () => {
  const found = await deepl(ask, 'key').translate(['<p>hello</p>', 'you'], null, 'de')
  expect(found).toEqual({ texts: ['<p>HELLO</p>', 'YOU'], from: 'en' })
  expect(service.asked.at(-1)).toMatchObject({
    path: '/v2/translate',
    authorization: 'DeepL-Auth-Key key',
    body: { target_lang: 'DE', tag_handling: 'html' },
  })
})

test('the regions of a language are told, and the language alone stands for one of them', async () => {
  expect(await deepl(ask).languages()).toEqual({
    de: ['en-gb', 'en', 'en-us'],
    en: ['de'],
    und: ['en-gb', 'en', 'en-us', 'de'],
  })
})

test('an answer of another length is none', async () => {
  const short: AskService = async () => ({ translations: [{ text: 'one' }] })
  await expect(deepl(short).translate(['one', 'two'], 'en', 'de')).rejects.toThrow(Unavailable)
})
