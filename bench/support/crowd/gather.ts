import { createToken } from '#core/auth/create-token'
import type { Ctx } from '#core/ctx'
import { nowhere } from '#core/remote'
import { db, row, rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { makeCommunity } from '../community.ts'
import { documents } from './documents.ts'
import { notices } from './notices.ts'
import { posts } from './posts.ts'
import { ties } from './ties.ts'

/**
 * Three members: one with much of everything, one who came lately, one who mostly answers; and the first post of the
 * longest thread.
 */
export type Crowd = { heavy: Id; light: Id; talker: Id; root: Id; tokens: { heavy: string; light: string } }

const ctx: Ctx = { actor: { kind: 'operator' }, remote: nowhere }

const tokenOf = async (username: string): Promise<string> =>
  (await createToken(ctx, { username, scopes: ['read'] })).token

const literal = (id: Id): string => `${BigInt(id)}::bigint`

/** The member whom this order of members begins with gets a name of their own. */
async function name(username: string, order: string): Promise<Id> {
  const found = await row<{ id: Id }>(
    {},
    `UPDATE accounts SET username = $1 WHERE id = (
       SELECT id FROM accounts WHERE posts_count > 5 AND username NOT IN ('heavy', 'talker') AND NOT is_locked ORDER BY ${order} LIMIT 1)
     RETURNING id`,
    [username],
  )
  if (!found) throw new Error(`nobody is ${username}`)
  return found.id
}

/**
 * Makes up a community of so many posts with everything that lists and search look at, a hundredth as many accounts, a
 * third of them elsewhere. What the community lacks is written in bulk.
 */
export async function gather(size: number): Promise<Crowd> {
  const accounts = Math.max(300, Math.round(size / 100))
  await makeCommunity({ accounts, posts: size, follows: accounts * 50 }, 0)
  const heavy = await name('heavy', 'posts_count DESC')
  const talker = await name('talker', 'posts_count DESC')
  const light = await name('light', 'following_count, posts_count')
  const means = { heavy: literal(heavy), light: literal(light), talker: literal(talker), size }
  for (const sql of [...posts(means), ...ties(means), ...notices(means), ...documents]) {
    const began = Date.now()
    await rows({}, sql)
    const seconds = Math.round((Date.now() - began) / 1000)
    if (seconds > 9) console.error(`${seconds} s: ${sql.trim().split('\n')[0]}`)
  }
  await db.query('VACUUM (ANALYZE)')
  const root = await row<{ id: Id }>({}, `SELECT id FROM posts WHERE url = 'https://threads.example/root'`)
  const tokens = { heavy: await tokenOf('heavy'), light: await tokenOf('light') }
  return { heavy, light, talker, root: root?.id ?? '', tokens }
}
