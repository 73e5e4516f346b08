import { translation } from '#config/translation'
import { Unavailable } from './errors.ts'
import { operatorFetch } from './http-operator.ts'
import { deepl } from './translators/deepl.ts'
import { libreTranslate } from './translators/libretranslate.ts'
import type { AskService, Translator } from './translators/service.ts'

const PATIENCE = 20_000

const asking =
  (url: string): AskService =>
  async (path, { headers = {}, body } = {}) => {
    try {
      const answer = await operatorFetch(url + path, {
        method: body ? 'POST' : 'GET',
        headers: { 'Content-Type': 'application/json', ...headers },
        ...(body ? { body: JSON.stringify(body) } : {}),
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE),
      })
      if (!answer.ok) throw new Unavailable(`The translation service answers ${answer.status}`)
      return await answer.json()
    } catch (cause) {
      if (cause instanceof Unavailable) throw cause
      throw new Unavailable('The translation service does not answer', { cause })
    }
  }

const kinds = { libretranslate: libreTranslate, deepl }

/** The service that the operator chose; undefined when there is none. */
export const translator: Translator | undefined = translation.service
  ? kinds[translation.service.kind](asking(translation.service.url), translation.service.key)
  : undefined
