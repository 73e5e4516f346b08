import { rows } from '#platform/db'
import { homeFeed } from '#core/timelines/home-feed'
import { readPage } from './read-page.ts'
import type { Stage } from './order-stage.ts'

type Line = { line: string }

// What is on a stage: the members of it, and everybody of its server.
const on = (account: string): string => `${account} IN (SELECT id FROM stage)`
const who = (account: string): string =>
  `(SELECT CASE WHEN named.domain IS NULL THEN rtrim(named.username, '0123456789') ELSE named.username || '@far' END
    FROM accounts AS named WHERE named.id = ${account})`
const what = (post: string): string =>
  `(SELECT coalesce(regexp_replace(named.uri, '^http://[^/]+', ''), named.text) FROM posts AS named WHERE named.id = ${post})`

/** Each part of the state, as lines of text in which nothing is told that differs from stage to stage by itself. */
const parts: Record<string, string> = {
  account: `SELECT concat_ws(' ', ${who('a.id')}, 'followers', followers_count, 'following', following_count, 'posts', posts_count)
    AS line FROM accounts AS a WHERE ${on('a.id')}`,
  post: `SELECT concat_ws(' ', ${what('p.id')}, 'by', ${who('author_id')}, visibility, html, 'answers', coalesce(${what('p.reply_to_id')}, '-'),
      'in', CASE WHEN p.reply_to_id IS NULL THEN '-' ELSE ${what('p.thread_id')} END, 'boosts', coalesce(${what('p.boost_of_id')}, '-'), 'edited', coalesce(edited_at::text, '-'),
      'counts', replies_count, boosts_count, favourites_count,
      (SELECT string_agg(emoji || r.count, ' ' ORDER BY emoji) FROM jsonb_each(p.reactions) AS e (emoji, tally), jsonb_to_record(tally) AS r (count int)))
    AS line FROM posts AS p WHERE ${on('author_id')}`,
  mention: `SELECT concat_ws(' ', ${what('post_id')}, ${who('account_id')}) AS line FROM mentions WHERE ${on('account_id')}`,
  follow: `SELECT concat_ws(' ', ${who('follower_id')}, ${who('followed_id')}, state) AS line FROM follows
    WHERE ${on('follower_id')}`,
  block: `SELECT concat_ws(' ', ${who('blocker_id')}, ${who('blocked_id')}) AS line FROM blocks WHERE ${on('blocker_id')}`,
  reaction: `SELECT concat_ws(' ', ${who('account_id')}, ${what('post_id')}, emoji) AS line FROM reactions
    WHERE ${on('account_id')}`,
  vote: `SELECT concat_ws(' ', ${who('account_id')}, v.choice) AS line FROM votes AS v WHERE ${on('account_id')}`,
  poll: `SELECT concat_ws(' ', tallies::text, voters_count) AS line FROM polls AS l JOIN posts AS p ON p.id = l.post_id
    WHERE ${on('p.author_id')}`,
  notification: `SELECT concat_ws(' ', ${who('account_id')}, kind, ${who('from_id')}, ${what('post_id')}) AS line
    FROM notifications WHERE ${on('account_id')}`,
  conversation: `SELECT concat_ws(' ', ${who('account_id')}, ${what('last_post_id')}) AS line FROM conversations
    WHERE ${on('account_id')}`,
  report: `SELECT concat_ws(' ', ${who('reporter_id')}, ${who('target_id')}, comment) AS line FROM reports
    WHERE ${on('reporter_id')}`,
}

/** Everything that a story has come to on its stage, line by line, in an order that is the same for every stage. */
export async function stateOf({ stub, alice, bob }: Stage): Promise<string[]> {
  const found: string[] = []
  for (const [name, sql] of Object.entries(parts)) {
    const stage = `WITH stage AS (SELECT id FROM accounts WHERE domain = $1 OR id = ANY ($2::bigint[])) `
    const lines = await rows<Line>({}, stage + sql, [stub.domain, [alice.account.id, bob.account.id]])
    found.push(...lines.map(({ line }) => `${name}: ${line}`).sort())
  }
  const dead = await rows<Line>(
    {},
    `SELECT kind || ' ' || last_error AS line FROM owed_work WHERE dead_at IS NOT NULL`,
  )
  return [...found, ...dead.map(({ line }) => `dead: ${line}`), ...(await homeOf(alice))]
}

/**
 * The home of alice without boosts, of which some are left out for what stood there when they came, and without answers to what is
 * gone: whom they answer is known only if they came before the end of it.
 */
async function homeOf(alice: Stage['alice']): Promise<string[]> {
  const { ids } = await readPage(homeFeed(alice.ctx, { limit: 300 }))
  const lines = await rows<Line>(
    {},
    `SELECT ${what('p.id')} AS line FROM unnest($1::bigint[]) WITH ORDINALITY AS h (id, place)
     JOIN posts AS p ON p.id = h.id WHERE p.boost_of_id IS NULL AND NOT (p.reply_to_id IS NULL AND coalesce(p.uri, '') LIKE '%/child%') ORDER BY place`,
    [ids],
  )
  return lines.slice(0, 100).map(({ line }) => `home: ${line}`)
}
