import { z } from 'zod'
import { address, read } from './read.ts'

const env = read({
  KITH_TRANSLATION_URL: address('http', 'https').optional(),
  KITH_TRANSLATION_KEY: z.string().optional(),
  KITH_TRANSLATION_KIND: z
    .enum(['libretranslate', 'deepl'], 'it must be libretranslate or deepl')
    .default('libretranslate'),
})

/** The service that translates posts, and how it is spoken to; `service` is undefined when there is none. */
export const translation = Object.freeze({
  service: env.KITH_TRANSLATION_URL
    ? Object.freeze({
        url: env.KITH_TRANSLATION_URL.replace(/\/+$/, ''),
        key: env.KITH_TRANSLATION_KEY,
        kind: env.KITH_TRANSLATION_KIND,
      })
    : undefined,
})
