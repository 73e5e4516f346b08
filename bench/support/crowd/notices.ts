import { lot, type Means } from './means.ts'

const columns = 'notifications (account_id, kind, from_id, post_id, group_key, is_filtered)'

/** Notifications: some of everybody, very many of one member, who was told of some senders only aside. */
export const notices = ({ heavy, size }: Means): string[] => [
  `INSERT INTO ${columns} SELECT p.author_id, 'favourite', r.account_id, p.id,
     'favourite-' || p.id || '-' || ${lot('r.id')} / 43200000, false
   FROM reactions AS r JOIN posts AS p ON p.id = r.post_id JOIN accounts AS a ON a.id = p.author_id AND a.domain IS NULL
   WHERE p.author_id <> r.account_id AND (${lot('r.id')} % 4 = 0 OR p.author_id = ${heavy})`,
  `INSERT INTO ${columns} SELECT m.account_id, 'mention', p.author_id, p.id, NULL, ${lot('p.author_id')} % 8 = 0
   FROM mentions AS m JOIN posts AS p ON p.id = m.post_id JOIN accounts AS a ON a.id = m.account_id AND a.domain IS NULL
   WHERE p.author_id <> m.account_id`,
  `INSERT INTO ${columns} SELECT f.followed_id, 'follow', f.follower_id, NULL, 'follow-' || ${lot('f.id')} / 43200000, false
   FROM follows AS f JOIN accounts AS a ON a.id = f.followed_id AND a.domain IS NULL`,
  // Posts that very many like.
  `INSERT INTO ${columns} SELECT ${heavy}, 'favourite', a.id, p.id, 'favourite-' || p.id || '-1', false
   FROM (SELECT id FROM posts WHERE author_id = ${heavy} AND boost_of_id IS NULL AND visibility = 'public'
       ORDER BY id DESC LIMIT 40) AS p CROSS JOIN accounts AS a
   WHERE a.id <> ${heavy} ORDER BY a.id LIMIT ${Math.round(size / 10)} ON CONFLICT DO NOTHING`,
  `INSERT INTO ${columns} SELECT ${heavy}, 'reblog', a.id, p.id, 'reblog-' || p.id || '-1', false
   FROM (SELECT id FROM posts WHERE author_id = ${heavy} AND boost_of_id IS NULL AND visibility = 'public'
       ORDER BY id DESC LIMIT 20) AS p CROSS JOIN accounts AS a
   WHERE a.id <> ${heavy} ORDER BY a.id LIMIT ${Math.round(size / 50)} ON CONFLICT DO NOTHING`,
  `INSERT INTO notification_requests (account_id, from_id)
   SELECT DISTINCT account_id, from_id FROM notifications WHERE is_filtered`,
  `INSERT INTO notification_permissions (account_id, from_id, merged_at)
   SELECT DISTINCT account_id, from_id, now() FROM notifications WHERE kind = 'follow' AND NOT is_filtered`,
  `INSERT INTO markers (account_id, timeline, last_read_id)
   SELECT account_id, 'notifications', (min(id) + max(id)) / 2 FROM notifications GROUP BY account_id`,
]
