import { accountIdOf } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { type Cursors, pageOf } from '../paging.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { visibleTo, welcomeTo } from './post.policy.ts'

/** Which posts of an account are wanted (ACCT-20); these combine. */
export type AccountPostsFilter = {
  onlyMedia?: boolean | undefined
  excludeReplies?: boolean | undefined
  excludeBoosts?: boolean | undefined
  excludeDirect?: boolean | undefined
  pinned?: boolean | undefined
  /** A normalised hashtag. */
  tagged?: string | undefined
}

// Spelt as the indexes posts_author… have them.
const conditions: Record<Exclude<keyof AccountPostsFilter, 'tagged'>, string> = {
  onlyMedia: 'p.has_media',
  excludeReplies:
    'p.reply_to_uri IS NULL AND (p.reply_to_account_id IS NULL OR p.reply_to_account_id = p.author_id)',
  excludeBoosts: 'p.boost_of_id IS NULL',
  excludeDirect: `p.visibility <> 'direct'`,
  pinned: 'p.pinned_at IS NOT NULL',
}

/**
 * One page of the posts of an account, as far as the actor may see them (ACCT-18, ACCT-19), without boosts of people
 * whom the actor does not want to meet (ACCT-21). Pinned ones come with the newest pin first and are no pages.
 */
export async function postsOfAccount(
  ctx: Ctx,
  { accountId, cursors, filter }: { accountId: Id; cursors: Cursors; filter: AccountPostsFilter },
): Promise<Id[]> {
  const isTagged = filter.tagged !== undefined
  const page = pageOf(cursors, isTagged ? 'ph.post_id' : 'p.id', 3)
  const chosen = Object.entries(conditions).flatMap(([name, condition]) =>
    filter[name as keyof typeof conditions] ? [condition] : [],
  )
  const found = await rows<{ id: Id }>(
    ctx,
    `SELECT p.id FROM ${isTagged ? tagged : filter.onlyMedia ? withMedia(page) : 'posts AS p'}
     WHERE ${['p.author_id = $1', page.where, visibleTo('$2::bigint'), welcomeBoost, ...chosen].join(' AND ')}
     ${filter.pinned ? 'ORDER BY p.pinned_at DESC LIMIT $5::int' : page.order}`,
    [accountId, accountIdOf(ctx.actor) ?? null, ...page.values, ...(isTagged ? [filter.tagged] : [])],
  )
  const ids = found.map(({ id }) => id)
  return filter.pinned ? ids : page.newestFirst(ids)
}

const tagged = `(SELECT * FROM post_hashtags AS t
    WHERE t.author_id = $1 AND t.hashtag_id = (SELECT id FROM hashtags WHERE name = $6)) AS ph
  JOIN posts AS p ON p.id = ph.post_id`

// Many post pictures rarely. With other exclusions, PostgreSQL might take the index of what is common.
const withMedia = ({ where, order }: { where: string; order: string }): string =>
  `(SELECT * FROM posts AS p WHERE p.author_id = $1 AND p.has_media AND ${where}
    ${order.replace(/ LIMIT .*/, '')} OFFSET 0) AS p`

const welcomeBoost = `(p.boost_of_id IS NULL OR EXISTS (SELECT FROM posts AS o
  WHERE o.id = p.boost_of_id AND (o.author_id = $2::bigint OR ${welcomeTo('$2::bigint', 'o.author_id')})))`
