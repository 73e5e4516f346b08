import { Unavailable } from '../errors.ts'
import type { AskService, Translator } from './service.ts'

type Answer = { translations?: { text?: unknown; detected_source_language?: unknown }[] }
type Language = { language?: unknown }

/** DeepL, and whatever speaks like it. */
export function deepl(ask: AskService, key = ''): Translator {
  const headers = { Authorization: `DeepL-Auth-Key ${key}` }
  const codes = async (type: string): Promise<string[]> => {
    const found = (await ask(`/v2/languages?type=${type}`, { headers })) as Language[]
    if (!Array.isArray(found)) throw new Unavailable('The translation service names no languages')
    return found.flatMap(({ language }) => (typeof language === 'string' ? [language.toLowerCase()] : []))
  }
  return {
    provider: 'DeepL.com',
    async translate(texts, from, to) {
      const body = {
        text: texts,
        target_lang: to.toUpperCase(),
        ...(from ? { source_lang: from.toUpperCase() } : {}),
        tag_handling: 'html',
      }
      const { translations: found } = (await ask('/v2/translate', { headers, body })) as Answer
      const all = (found ?? []).map(({ text }) => text).filter((text) => typeof text === 'string')
      if (all.length !== texts.length) throw new Unavailable('The translation service answers something else')
      const detected = found?.[0]?.detected_source_language
      return { texts: all, from: from ?? (typeof detected === 'string' ? detected.toLowerCase() : 'und') }
    },
    async languages() {
      const [sources, targets] = await Promise.all([codes('source'), codes('target')])
      // Both regions of a language are one to readers: the bare code means the usual one.
      const all = [...new Set(targets.flatMap((target) => [target, target.split('-')[0] ?? target]))]
      const of = (source: string) => all.filter((target) => target.split('-')[0] !== source)
      return Object.fromEntries([...sources.map((source) => [source, of(source)]), ['und', all]])
    },
  }
}
