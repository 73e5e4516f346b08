import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'

/** The languages whose words PostgreSQL takes back to their stems, by their codes. */
const configurations: Record<string, string> = {
  ar: 'arabic',
  ca: 'catalan',
  da: 'danish',
  de: 'german',
  el: 'greek',
  en: 'english',
  es: 'spanish',
  eu: 'basque',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hi: 'hindi',
  hu: 'hungarian',
  hy: 'armenian',
  id: 'indonesian',
  it: 'italian',
  lt: 'lithuanian',
  ne: 'nepali',
  nl: 'dutch',
  no: 'norwegian',
  nb: 'norwegian',
  nn: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sr: 'serbian',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
  yi: 'yiddish',
}

/** The language of a tag without its region: `en` of `en-GB`. */
export const languageOf = (tag: string | null | undefined): string =>
  tag?.toLowerCase().split(/[-_]/)[0] ?? ''

const LONGEST = 20_000

/**
 * The stems of the words of each text, by its language and without order; none for a language whose stems are not known.
 * Stop words have none. One query for all.
 */
export async function stemWords(
  ctx: Pick<Ctx, 'tx'>,
  texts: readonly { text: string; language: string | null }[],
): Promise<string[][]> {
  const stems = texts.map((): string[] => [])
  const known = texts.flatMap(({ text, language }, at) => {
    const configuration = configurations[languageOf(language)]
    return configuration ? [{ at, configuration, text: text.slice(0, LONGEST) }] : []
  })
  if (known.length === 0) return stems
  const found = await rows<{ at: number; stems: string[] }>(
    ctx,
    `SELECT t.at, tsvector_to_array(to_tsvector(t.configuration::regconfig, t.text)) AS stems
     FROM unnest($1::int[], $2::text[], $3::text[]) AS t (at, configuration, text)`,
    [known.map(({ at }) => at), known.map((each) => each.configuration), known.map(({ text }) => text)],
  )
  for (const each of found) stems[each.at] = each.stems
  return stems
}
