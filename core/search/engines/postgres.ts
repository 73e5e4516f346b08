import { compareIds, type Id } from '#platform/ids'
import { rows } from '#platform/db'
import type { Ctx } from '../../ctx.ts'
import type { PostDocument } from '../documents/post.ts'
import { isInLibrary, newestOfLibrary } from '../library.queries.ts'
import type { Engine, PostQuery, Term } from './engine.ts'

/** So many of the newest are looked at first: common words are found there. */
const SOON = 2000
/** Words that so many of these have are common: the index of words would give far too many. */
const COMMON = SOON / 100
/** More than so many fits are not sorted: the newest are found by walking down from the top. */
const FEW = 5000
/** How far down. */
const WALK = 20_000
/** So many at a time are asked whether the reader has to do with them. */
const CHUNK = 500

type Asking = Pick<Ctx, 'tx'>
type Fit = { post_id: Id; is_open: boolean }

/** The index in PostgreSQL, which is always there: full text as the words and stems that `PostDocument` has. */
export const postgresEngine: Engine = {
  write,
  async find(ctx, query) {
    const words = textOf(query.terms)
    const soon = await walkDown(ctx, query, words, SOON)
    const found = await findAmong(ctx, query, soon)
    if (found.length === query.limit) return found
    // Without a word that must be there, the index of words would be read from end to end.
    if (query.terms.every(({ isNot }) => isNot)) return findEverywhere(ctx, query, words, inOrder)
    if (soon.length < COMMON) {
      const fits = await rows<Fit>(ctx, few, [words, query.below, query.above])
      if (fits.length < FEW) return findAmong(ctx, query, fits)
    }
    if (query.scope !== 'library') {
      const walked = await findAmong(ctx, query, await walkDown(ctx, query, words, WALK))
      if (walked.length === query.limit) return walked
    }
    // What is common in the library lately is found there sooner.
    if (query.scope !== 'library' || soon.length < COMMON) {
      const fits = await rows<Fit>(ctx, latest, [words, query.below, query.above])
      const late = await findAmong(ctx, query, fits)
      if (late.length === query.limit) return late
    }
    return findEverywhere(ctx, query, words, all)
  },
}

/** Of posts that fit, the newest of those that the reader may find. */
async function findAmong(ctx: Asking, query: PostQuery, fits: readonly Fit[]): Promise<Id[]> {
  const openFits = query.scope === 'library' ? [] : fits.filter((fit) => fit.is_open)
  const open = newest(openFits.map(idOf), query.limit)
  // Nothing below a full page of posts that all may find is on the page.
  const end = endOf(open, query)
  const others = fits.filter(
    (fit) => (query.scope === 'library' || !fit.is_open) && compareIds(fit.post_id, end) > 0,
  )
  const asked = query.scope === 'public' ? [] : newest(others.map(idOf), FEW)
  const own: Id[] = []
  for (let at = 0; at < asked.length && own.length < query.limit; at += CHUNK)
    own.push(...(await idsOf(ctx, amongLibrary, [query.readerId, asked.slice(at, at + CHUNK)])))
  return newest([...open, ...own], query.limit)
}

/**
 * The newest of all that fit, those that all may find by the statement `open`. Words that are common but not lately cost
 * the most: all posts with them are looked at.
 */
async function findEverywhere(
  ctx: Asking,
  query: PostQuery,
  words: string | undefined,
  open: string,
): Promise<Id[]> {
  const { readerId, below, above, limit } = query
  const values = [words ?? null, below, above, limit]
  const found = query.scope === 'library' ? [] : await idsOf(ctx, open, values)
  const own =
    query.scope === 'public'
      ? []
      : await idsOf(ctx, inLibrary, [readerId, words ?? null, below, endOf(found, query), limit])
  return newest([...found, ...own], limit)
}

const endOf = (found: readonly Id[], { limit, above }: PostQuery): Id =>
  found.length === limit ? (found.at(-1) ?? above) : above

const idOf = (fit: Fit): Id => fit.post_id

const newest = (ids: Id[], limit: number): Id[] =>
  [...new Set(ids)].sort((a, b) => compareIds(b, a)).slice(0, limit)

// Stems have no place in the text and come second, so that phrases are found by words alone.
const writing = `INSERT INTO post_documents (post_id, version, is_open, words)
  SELECT p.id, d.version, d.is_open, d.words::tsvector || array_to_tsvector(d.stems)
  FROM jsonb_to_recordset($1::jsonb) AS d (id bigint, version int, is_open boolean, words text, stems text[])
    JOIN posts AS p ON p.id = d.id
  ORDER BY p.id
  ON CONFLICT (post_id) DO UPDATE
  SET version = excluded.version, is_open = excluded.is_open, words = excluded.words
  WHERE post_documents.version <= excluded.version`

async function write(ctx: Asking, documents: readonly PostDocument[]): Promise<void> {
  if (documents.length === 0) return
  const written = documents.map(({ postId, version, isOpen, words, stems, properties }) => ({
    id: postId,
    version,
    is_open: isOpen,
    words: words.map((word, at) => `${quoted(word)}:${Math.min(at + 1, 16_383)}`).join(' '),
    stems: [...new Set([...stems, ...properties.map(lexemeOf)])],
  }))
  await rows(ctx, writing, [JSON.stringify(written)])
}

/** No word begins with a blank, so that none is taken for a property. */
const lexemeOf = (property: string): string => ` ${property}`

const quoted = (word: string): string => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/** The terms as PostgreSQL writes a query; undefined for none at all. */
function textOf(terms: readonly Term[]): string | undefined {
  const parts = terms.map((term) => `${term.isNot ? '!' : ''}(${partOf(term)})`)
  return parts.length > 0 ? parts.join(' & ') : undefined
}

const partOf = (term: Term): string =>
  'property' in term
    ? quoted(lexemeOf(term.property))
    : [`(${term.words.map(quoted).join(' <-> ')})`, ...term.stems.map(quoted)].join(' | ')

const amongLibrary = `SELECT p.id AS post_id FROM posts AS p
  WHERE p.id = ANY ($2::bigint[]) AND ${isInLibrary('$1::bigint')}`

const inLibrary = newestOfLibrary(
  `SELECT FROM post_documents AS d
   WHERE d.post_id = l.post_id AND ($2::tsquery IS NULL OR d.words @@ $2::tsquery) OFFSET 0`,
  { account: '$1::bigint', below: '$3::bigint', above: '$4::bigint', limit: '$5::int' },
)

// The bounds must not tempt PostgreSQL away from the index of words: behind a sum they are no range of an index.
const inBounds = 'd.post_id + 0 < $2 AND d.post_id + 0 > $3'
const few = `SELECT d.post_id, d.is_open FROM post_documents AS d
  WHERE d.words @@ $1::tsquery AND ${inBounds} LIMIT ${FEW}`
const latest = `SELECT d.post_id, d.is_open FROM post_documents AS d
  WHERE d.words @@ $1::tsquery AND ${inBounds} ORDER BY d.post_id + 0 DESC LIMIT ${FEW}`
const all = `SELECT d.post_id FROM post_documents AS d
  WHERE d.is_open AND d.words @@ $1::tsquery AND ${inBounds} ORDER BY d.post_id + 0 DESC LIMIT $4`
const inOrder = `SELECT d.post_id FROM post_documents AS d
  WHERE d.is_open AND ($1::tsquery IS NULL OR d.words @@ $1::tsquery) AND d.post_id < $2 AND d.post_id > $3
  ORDER BY d.post_id DESC LIMIT $4`
const walk = (which: string): string => `SELECT d.post_id, d.is_open FROM (
    SELECT post_id, is_open, words FROM post_documents
    WHERE ${which} AND post_id < $2 AND post_id > $3 ORDER BY post_id DESC LIMIT $4) AS d
  WHERE $1::tsquery IS NULL OR d.words @@ $1::tsquery`
const walks = { public: walk('is_open'), all: walk('true'), library: walk('true') }
const walkBy = `SELECT d.post_id, d.is_open FROM (
    SELECT id FROM posts WHERE author_id = $5 AND boost_of_id IS NULL AND id < $2 AND id > $3
    ORDER BY id DESC LIMIT $4) AS p JOIN post_documents AS d ON d.post_id = p.id
  WHERE $1::tsquery IS NULL OR d.words @@ $1::tsquery`

/** Which of so many of the newest posts fit; of their author's, when the terms name one. */
function walkDown(ctx: Asking, query: PostQuery, words: string | undefined, depth: number): Promise<Fit[]> {
  const values = [words ?? null, query.below, query.above, depth]
  const author = query.terms.flatMap((term) =>
    !term.isNot && 'property' in term && term.property.startsWith('from:') ? term.property.slice(5) : [],
  )[0]
  return author ? rows(ctx, walkBy, [...values, author]) : rows(ctx, walks[query.scope], values)
}

const idsOf = async (ctx: Asking, sql: string, values: unknown[]): Promise<Id[]> =>
  (await rows<{ post_id: Id }>(ctx, sql, values)).map(({ post_id: id }) => id)
