import { lookUpAccount } from '../accounts/look-up-account.ts'
import { actingId } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { normalizeHashtag } from '../text/normalize-hashtag.ts'
import { NotFound } from '#platform/errors'
import { compareIds, firstIdOf, type Id } from '#platform/ids'
import type { PostQuery, Term } from './engines/engine.ts'
import { findWords } from './find-words.ts'
import { type Part, parseQuery } from './parse-query.ts'
import { languageOf, stemWords } from './stem-words.ts'

const DAY = 86_400_000
const LAST = '9223372036854775807'

/** What narrows posts beside the query itself (SRCH-06). */
export type Narrowing = { accountId?: Id | undefined; maxId?: Id | undefined; minId?: Id | undefined }

/**
 * What an engine is to look for: who is meant by `from:`, which ids a day has, and the stems of words in the languages of
 * the reader (SRCH-05). Undefined when nothing is asked for. Throws Invalid for what cannot be read.
 */
export async function readQuery(
  ctx: Ctx,
  query: string,
  narrowing: Narrowing,
): Promise<Omit<PostQuery, 'limit'> | undefined> {
  const parts = parseQuery(query)
  const terms = await termsOf(ctx, parts)
  const { accountId } = narrowing
  if (accountId) terms.push({ isNot: false, property: `from:${accountId}` })
  const isBlank = terms.length === 0 && !parts.some(({ kind }) => kind !== 'words' && kind !== 'phrase')
  if (isBlank) return undefined
  const scopes = parts.flatMap((part) => (part.kind === 'in' ? part.scope : []))
  return { readerId: actingId(ctx), terms, scope: scopes.at(-1) ?? 'all', ...boundsOf(parts, narrowing) }
}

async function termsOf(ctx: Ctx, parts: readonly Part[]): Promise<Term[]> {
  const stems = await stemsOf(ctx, parts)
  const terms = await Promise.all(
    parts.map(async (part, at): Promise<Term | undefined> => {
      if (part.kind === 'words' || part.kind === 'phrase') {
        const words = findWords(part.text)
        return words.length > 0 ? { isNot: part.isNot, words, stems: stems[at] ?? [] } : undefined
      }
      if (part.kind === 'property') return { isNot: part.isNot, property: propertyOf(part.name) }
      if (part.kind === 'hashtag')
        return { isNot: part.isNot, property: `tag:${normalizeHashtag(part.name) ?? ''}` }
      if (part.kind === 'from')
        return { isNot: part.isNot, property: `from:${await authorOf(ctx, part.handle)}` }
      return undefined
    }),
  )
  return terms.filter((term) => term !== undefined)
}

/** The stems of single words, in the languages that the reader is likely to mean. */
async function stemsOf(ctx: Ctx, parts: readonly Part[]): Promise<string[][]> {
  const asked = parts.flatMap((part) =>
    part.kind === 'property' && !part.isNot && part.name.startsWith('language:') ? part.name.slice(9) : [],
  )
  const locale = 'locale' in ctx.actor ? ctx.actor.locale : undefined
  const languages = [...new Set((asked.length > 0 ? asked : [locale, 'en']).map(languageOf))]
  const texts = parts.flatMap((part, at) =>
    part.kind === 'words' && findWords(part.text).length === 1
      ? languages.map((language) => ({ at, text: part.text, language }))
      : [],
  )
  const found = await stemWords(ctx, texts)
  return parts.map((_, at) => [
    ...new Set(texts.flatMap((text, index) => (text.at === at ? (found[index] ?? []) : []))),
  ])
}

const propertyOf = (name: string): string =>
  name.startsWith('language:') ? `language:${languageOf(name.slice(9))}` : name

/** Whose posts are meant; nobody has the id 0. */
async function authorOf(ctx: Ctx, handle: string): Promise<Id | '0'> {
  if (handle.toLowerCase() === 'me') return actingId(ctx)
  return lookUpAccount(ctx, { acct: handle }).then(
    ({ id }) => id,
    (error: unknown) => {
      if (error instanceof NotFound) return '0'
      throw error
    },
  )
}

function boundsOf(parts: readonly Part[], { maxId, minId }: Narrowing): { below: Id; above: Id } {
  const below = [maxId ?? LAST]
  const above = [minId ?? '0']
  for (const part of parts) {
    if (part.kind !== 'before' && part.kind !== 'after' && part.kind !== 'during') continue
    const [start, end] = [part.day, new Date(part.day.getTime() + DAY)]
    if (part.kind === 'before') below.push(firstIdOf(start))
    if (part.kind === 'during') below.push(firstIdOf(end))
    const first = part.kind === 'after' ? end : part.kind === 'during' ? start : undefined
    if (first) above.push(`${BigInt(firstIdOf(first)) - 1n}`)
  }
  return {
    below: below.reduce((one, other) => (compareIds(one, other) < 0 ? one : other)),
    above: above.reduce((one, other) => (compareIds(one, other) > 0 ? one : other)),
  }
}
