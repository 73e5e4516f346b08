import { lot, type Means } from './means.ts'

/** Who likes, keeps, names, follows, blocks and mutes what and whom; lists. */
export const ties = ({ heavy, light, size }: Means): string[] => [
  `INSERT INTO reactions (account_id, post_id) SELECT ${heavy}, p.id FROM posts AS p
   WHERE p.boost_of_id IS NULL AND ${lot('p.id')} % 17 = 0 AND p.author_id <> ${heavy} ON CONFLICT DO NOTHING`,
  `INSERT INTO reactions (account_id, post_id) SELECT ${light}, p.id FROM posts AS p
   WHERE p.boost_of_id IS NULL ORDER BY p.id DESC LIMIT 30 ON CONFLICT DO NOTHING`,
  // Posts that everybody likes and keeps.
  ...['reactions', 'bookmarks'].map(
    (table) => `INSERT INTO ${table} (account_id, post_id) SELECT a.id, p.id FROM accounts AS a CROSS JOIN (
       SELECT id FROM posts WHERE boost_of_id IS NULL AND visibility = 'public' ORDER BY id DESC OFFSET 5 LIMIT 3) AS p
     WHERE a.id NOT IN (${heavy}, ${light}) ON CONFLICT DO NOTHING`,
  ),
  `INSERT INTO bookmarks (account_id, post_id) SELECT ${heavy}, p.id FROM posts AS p
   WHERE p.boost_of_id IS NULL AND ${lot('p.id')} % 40 = 5`,
  `INSERT INTO bookmarks (account_id, post_id) SELECT p.author_id, p.id FROM posts AS p
   WHERE p.boost_of_id IS NULL AND ${lot('p.id')} % 20 = 6 ON CONFLICT DO NOTHING`,
  `INSERT INTO mentions (post_id, account_id, position) SELECT p.id, ${heavy}, 9 FROM posts AS p
   WHERE p.boost_of_id IS NULL AND ${lot('p.id')} % 40 = 7 ON CONFLICT DO NOTHING`,
  `INSERT INTO thread_mutes (account_id, thread_id) SELECT p.author_id, p.thread_id FROM posts AS p
   WHERE ${lot('p.id')} % 50 = 8 ON CONFLICT DO NOTHING`,
  `INSERT INTO follows (follower_id, followed_id, state) SELECT ${heavy}, id, 'accepted' FROM accounts
   WHERE id <> ${heavy} ORDER BY followers_count DESC LIMIT ${Math.min(2000, size / 50)} ON CONFLICT DO NOTHING`,
  `INSERT INTO blocks (blocker_id, blocked_id) SELECT followed_id, follower_id FROM follows WHERE ${lot('id')} % 25 = 0`,
  `INSERT INTO mutes (muter_id, muted_id) SELECT follower_id, followed_id FROM follows WHERE ${lot('id')} % 25 = 1`,
  `INSERT INTO blocks (blocker_id, blocked_id) SELECT ${heavy}, id FROM accounts
   WHERE ${lot('id')} % 40 = 2 AND id <> ${heavy} ON CONFLICT DO NOTHING`,
  `INSERT INTO mutes (muter_id, muted_id) SELECT ${heavy}, id FROM accounts
   WHERE ${lot('id')} % 40 = 3 AND id <> ${heavy} ON CONFLICT DO NOTHING`,
  `DELETE FROM blocks WHERE blocker_id IN (${heavy}, ${light}) AND blocked_id IN (${heavy}, ${light})`,
  `INSERT INTO domain_blocks (account_id, domain) SELECT ${heavy}, 'd' || n || '.example' FROM generate_series(1, 5) AS n`,
  `INSERT INTO domain_blocks (account_id, domain) SELECT id, 'd' || ${lot('id')} % 200 || '.example' FROM accounts
   WHERE domain IS NULL AND id <> ${heavy}`,
  `INSERT INTO tag_follows (account_id, hashtag_id) SELECT a.id, h.id FROM accounts AS a JOIN hashtags AS h
     ON h.name NOT LIKE 'rare%' AND (${lot('a.id')} + h.id) % 20 = 0
   WHERE a.domain IS NULL AND a.id <> ${light}`,
  `INSERT INTO lists (owner_id, title) SELECT id, 'friends' FROM accounts WHERE domain IS NULL`,
  `INSERT INTO list_members (list_id, account_id) SELECT l.id, f.followed_id FROM lists AS l JOIN follows AS f
     ON f.follower_id = l.owner_id AND (f.follower_id IN (${heavy}, ${light}) OR ${lot('f.id')} % 5 = 0)`,
]
