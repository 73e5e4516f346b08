import { lot, type Means } from './means.ts'

const isOriginal = 'p.boost_of_id IS NULL'

/** Some of the people and their posts are from elsewhere; some posts have pictures, polls, links and rare hashtags. */
export const posts = ({ heavy, light, talker, size }: Means): string[] => [
  `UPDATE accounts SET domain = 'd' || ${lot('id')} % 200 || '.example', uri = 'https://remote.example/users/' || id
   WHERE ${lot('id')} % 3 = 0 AND id NOT IN (${heavy}, ${light}, ${talker})`,
  'DELETE FROM users WHERE account_id IN (SELECT id FROM accounts WHERE domain IS NOT NULL)',
  `UPDATE posts AS p SET uri = CASE WHEN a.domain IS NOT NULL THEN 'https://remote.example/posts/' || p.id END,
     has_media = ${isOriginal} AND ${lot('p.id')} % 9 = 0
   FROM accounts AS a
   WHERE a.id = p.author_id AND (a.domain IS NOT NULL OR (${isOriginal} AND ${lot('p.id')} % 9 = 0))`,
  `UPDATE posts SET reply_to_account_id = ${heavy}, has_media = false WHERE author_id = ${talker} AND boost_of_id IS NULL
     AND id > (SELECT id FROM posts WHERE author_id = ${talker} ORDER BY id OFFSET 5 LIMIT 1)`,
  `INSERT INTO media (owner_id, post_id, kind, state, remote_url, description)
   SELECT author_id, id, 'image', 'remote', 'https://remote.example/media/' || id, 'otters' FROM posts WHERE has_media`,
  `INSERT INTO polls (post_id, options, tallies) SELECT p.id, ARRAY['moles', 'voles'], ARRAY[1, 0] FROM posts AS p
   WHERE ${isOriginal} AND ${lot('p.id')} % 50 = 1`,
  `INSERT INTO votes (poll_id, account_id, choice) SELECT q.id, CASE WHEN ${lot('q.post_id')} % 4 = 0 THEN ${heavy}
     ELSE p.author_id END, 0 FROM polls AS q JOIN posts AS p ON p.id = q.post_id`,
  `UPDATE posts SET pinned_at = now() WHERE id IN (SELECT id FROM unnest(ARRAY[${heavy}, ${light}]) AS w (who),
     LATERAL (SELECT id FROM posts WHERE author_id = who AND boost_of_id IS NULL AND visibility = 'public'
       ORDER BY id LIMIT 5) AS x)`,
  `INSERT INTO hashtags (name, display_name) SELECT 'rare' || n, 'Rare' || n FROM generate_series(0, 19999) AS n`,
  `INSERT INTO post_hashtags (post_id, hashtag_id, is_public, author_id)
   SELECT p.id, h.id, p.visibility = 'public', p.author_id
   FROM posts AS p JOIN hashtags AS h ON h.name = 'rare' || ${lot('p.id')} % 20000
   WHERE ${isOriginal} AND ${lot('p.id')} % 20 = 2`,
  `INSERT INTO previews (url, state, title) SELECT 'https://news.example/' || n, 'ready', 'News ' || n
   FROM generate_series(0, 19999) AS n`,
  // A quarter shows one and the same page.
  `INSERT INTO post_previews (post_id, preview_id) SELECT p.id, v.id FROM posts AS p JOIN previews AS v
     ON v.url = 'https://news.example/' || CASE WHEN ${lot('p.id')} % 4 = 0 THEN 0 ELSE ${lot('p.id')} % 20000 END
   WHERE ${isOriginal} AND ${lot('p.id')} % 9 = 3`,
  `INSERT INTO quotes (post_id, quoted_id, state) SELECT p.id, p.reply_to_id, 'accepted' FROM posts AS p
   WHERE p.reply_to_id IS NOT NULL AND ${lot('p.id')} % 20 = 4`,
  `INSERT INTO trends (kind, subject_id, score) SELECT 'links', id, 10 FROM previews WHERE id % 50 = 0
     OR url = 'https://news.example/0'`,
  ...threads(heavy, Math.min(3000, Math.round(size / 20))),
]

/** A thread: a third of it one below the other, the rest below those. The last is older than a minute. */
const threads = (heavy: string, length: number): string[] => {
  const first = `((extract(epoch FROM now() - interval '2 minutes') * 1000)::bigint - ${length})`
  const idOf = (n: string) => `((first + ${n}) << 16 | 65535)`
  return [
    `WITH people AS MATERIALIZED (SELECT id, row_number() OVER (ORDER BY id) AS n, count(*) OVER () AS all_of_them FROM accounts),
       start AS MATERIALIZED (SELECT ${first} AS first)
     INSERT INTO posts (id, author_id, uri, url, thread_id, reply_to_id, visibility, text, html, language)
     SELECT ${idOf('s.n')}, CASE WHEN s.n = 0 THEN ${heavy} ELSE people.id END,
       CASE WHEN s.n > 0 THEN 'https://threads.example/' || s.n END,
       CASE WHEN s.n = 0 THEN 'https://threads.example/root' END, ${idOf('0')},
       CASE WHEN s.n BETWEEN 1 AND ${length} / 3 THEN ${idOf('s.n - 1')} WHEN s.n > 0 THEN ${idOf('s.n % 50')} END,
       'public', 'in a long thread', '<p>in a long thread</p>', 'en'
     FROM start, generate_series(0, ${length}) AS s (n) JOIN people ON people.n = 1 + s.n % people.all_of_them`,
    `UPDATE posts AS p SET reply_to_account_id = o.author_id FROM posts AS o
     WHERE o.id = p.reply_to_id AND p.reply_to_account_id IS NULL`,
  ]
}
