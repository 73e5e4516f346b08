import { Unavailable } from '../errors.ts'
import type { AskService, Translator } from './service.ts'

type Answer = { translatedText?: unknown; detectedLanguage?: Detected | Detected[] }
type Detected = { language?: unknown }
type Language = { code?: unknown; targets?: unknown }

const isText = (value: unknown): value is string => typeof value === 'string'

/** LibreTranslate, and whatever speaks like it. */
export const libreTranslate = (ask: AskService, key?: string): Translator => ({
  provider: 'LibreTranslate',
  async translate(texts, from, to) {
    const body = {
      q: texts,
      source: from ?? 'auto',
      target: to,
      format: 'html',
      ...(key ? { api_key: key } : {}),
    }
    const { translatedText: found, detectedLanguage } = (await ask('/translate', { body })) as Answer
    if (!Array.isArray(found) || found.length !== texts.length || !found.every(isText))
      throw new Unavailable('The translation service answers something else')
    const [detected] = [detectedLanguage ?? []].flat()
    return { texts: found, from: from ?? (isText(detected?.language) ? detected.language : 'und') }
  },
  async languages() {
    const found = (await ask('/languages')) as Language[]
    if (!Array.isArray(found)) throw new Unavailable('The translation service names no languages')
    const all = found.flatMap(({ code, targets }) =>
      isText(code) && Array.isArray(targets)
        ? [[code, targets.filter(isText).filter((target) => target !== code)] as const]
        : [],
    )
    return Object.fromEntries([...all, ['und', [...new Set(all.flatMap(([, targets]) => targets))]]])
  },
})
