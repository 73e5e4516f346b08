import { postgresEngine } from '#core/search/engines/postgres'
import type { Scope, Term } from '#core/search/engines/engine'
import { isInLibrary } from '#core/search/library.queries'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { member } from '#test/factories/account'

const LAST = '9223372036854775807'

/** 30,000 posts, a third for all to find; the reader wrote, likes and is named in some of them. */
async function seed(readerId: Id): Promise<void> {
  for (const each of [
    `INSERT INTO accounts (id, username, domain, uri)
     SELECT n, 'u' || n, 'remote.example', 'https://remote.example/' || n FROM generate_series(1, 50) AS n`,
    `INSERT INTO posts (id, author_id, uri, thread_id, visibility, html)
     SELECT n, CASE WHEN n % 601 = 0 THEN ${BigInt(readerId)} ELSE 1 + n % 50 END, 'https://remote.example/posts/' || n, n,
       'public', 'x'
     FROM generate_series(1, 30000) AS n`,
    `INSERT INTO post_documents (post_id, is_open, words)
     SELECT id, id % 3 = 0, to_tsvector('simple', 'common' || CASE WHEN id % 150 = 1 THEN ' rare' ELSE '' END
       || CASE WHEN id % 4 = 0 THEN ' even' ELSE '' END || CASE WHEN id < 9000 THEN ' old' ELSE '' END
       || CASE WHEN id % 3 > 0 THEN ' closed' ELSE '' END) FROM posts`,
    `INSERT INTO reactions (account_id, post_id) SELECT ${BigInt(readerId)}, id FROM posts WHERE id % 7 = 0`,
    `INSERT INTO mentions (post_id, account_id) SELECT id, ${BigInt(readerId)} FROM posts WHERE id % 11 = 0`,
    'ANALYZE',
  ])
    await rows({}, each)
}

const word = (text: string, isNot = false): Term => ({ isNot, words: [text], stems: [] })
const queries: [words: string, terms: Term[]][] = [
  ['common', [word('common')]],
  ['rare', [word('rare')]],
  ['old', [word('old')]],
  ['closed', [word('closed')]],
  ['old & even', [word('old'), word('even')]],
  ['old & closed', [word('old'), word('closed')]],
  ['common & !even', [word('common'), word('even', true)]],
  ['!closed', [word('closed', true)]],
  ['!common', [word('common', true)]],
  ['', []],
]

const places: Record<Scope, string> = {
  public: '(d.is_open AND $1::bigint IS NOT NULL)',
  library: isInLibrary('$1::bigint'),
  all: `(d.is_open OR ${isInLibrary('$1::bigint')})`,
}

/** The same by a look at every document. */
const lookEverywhere = async (values: unknown[], scope: Scope): Promise<Id[]> =>
  (
    await rows<{ id: Id }>(
      {},
      `SELECT p.id FROM post_documents AS d JOIN posts AS p ON p.id = d.post_id
       WHERE ($2 = '' OR d.words @@ $2::tsquery) AND p.id < $3 AND p.id > $4 AND ${places[scope]}
       ORDER BY p.id DESC LIMIT $5`,
      values,
    )
  ).map(({ id }) => id)

const scopes: Scope[] = ['public', 'library', 'all']

test.each(scopes)(
  'SRCH-04 however it looks, the newest posts that fit are found: %s',
  async (scope) => {
    const { account } = await member('alice')
    await seed(account.id)
    for (const [words, terms] of queries)
      for (const [below, above] of [
        [LAST, '0'],
        ['20000', '500'],
        ['3000', '2900'],
      ] as const)
        for (const limit of [40, 400]) {
          const found = await postgresEngine.find(
            {},
            { readerId: account.id, terms, scope, below, above, limit },
          )
          const wanted = await lookEverywhere([account.id, words, below, above, limit], scope)
          expect({ words, below, limit, found }).toEqual({ words, below, limit, found: wanted })
        }
  },
  60_000,
)
