import { accountIdOf } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { type Handle, parseHandle } from './parse-handle.ts'

export type AccountSearch = {
  query: string
  limit: number
  offset?: number
  /** Ask the account's own server when an exact handle is not known here. */
  resolve?: boolean
  /** Only those that the searcher follows. */
  following?: boolean
}

const pattern = (text: string): string => text.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')

/**
 * Finds accounts by a part of their name or display name, or by handle (ACCT-14): the exact handle first, then those
 * the searcher follows, then by followers. Accounts that are gone, suspended, unconfirmed, or in a block with the
 * searcher are left out; but whom the searcher blocks is found by the exact handle, else nobody could be unblocked by
 * name. Who is not logged in finds by a part of the name only those who agreed to be indexed (federation rule 150) and are
 * not limited (federation rule 229). Gives ids in order.
 */
export async function searchAccounts(ctx: Ctx, search: AccountSearch): Promise<Id[]> {
  const query = search.query.normalize('NFKC').trim()
  if (query === '' || search.limit <= 0) return []
  const handle = parseHandle(query)
  const resolved = search.resolve && !search.offset ? await resolve(ctx, handle) : undefined
  const found = await select(ctx, search, wordsOf(query, handle), handle)
  const ids = found.map(({ id }) => id)
  if (!resolved || search.following) return ids
  return [resolved, ...ids.filter((id) => id !== resolved)].slice(0, search.limit)
}

const resolve = async (ctx: Ctx, handle: Handle | undefined): Promise<Id | undefined> =>
  handle?.domain
    ? ctx.remote.findAccount(ctx, { username: handle.username, domain: handle.domain })
    : undefined

type Words = { inside: string; word: string; domain: string | null }

// Fewer than three characters match beginnings of words only: a shorter piece of text has no trigram of its own.
function wordsOf(query: string, handle: Handle | undefined): Words {
  const text = pattern(handle ? handle.username : query.replace(/^@/, ''))
  const isShort = [...text].length < 3
  return {
    inside: isShort ? `${text}%` : `%${text}%`,
    word: `% ${text}%`,
    domain: handle?.domain ? `${pattern(handle.domain)}%` : null,
  }
}

const statement = `SELECT a.id FROM accounts AS a
    LEFT JOIN follows AS f ON f.followed_id = a.id AND f.follower_id = $5 AND f.state = 'accepted'
  WHERE (lower(a.username || ' ' || a.display_name) LIKE $1 OR lower(a.username || ' ' || a.display_name) LIKE $2)
    AND ($3::text IS NULL OR a.domain LIKE $3)
    AND a.gone_at IS NULL AND a.suspended_at IS NULL AND (a.kind <> 'application' OR a.domain IS NOT NULL)
    AND NOT EXISTS (SELECT FROM users AS u WHERE u.account_id = a.id
      AND (u.confirmed_at IS NULL OR u.approved_at IS NULL))
    AND NOT EXISTS (SELECT FROM blocks AS b WHERE (b.blocked_id = $5 AND b.blocker_id = a.id)
      OR (b.blocker_id = $5 AND b.blocked_id = a.id AND (lower(a.username) <> $4 OR coalesce(a.domain, '') <> $7)))
    AND (f.id IS NOT NULL OR NOT $6)
    AND ($5::bigint IS NOT NULL OR (a.is_indexable AND a.silenced_at IS NULL)
      OR (lower(a.username) = $4 AND coalesce(a.domain, '') = $7))
  ORDER BY (lower(a.username) = $4 AND coalesce(a.domain, '') = $7) DESC, (lower(a.username) = $4) DESC,
    (f.id IS NOT NULL) DESC, a.followers_count DESC, a.id
  LIMIT $8 OFFSET $9`

const select = (ctx: Ctx, search: AccountSearch, words: Words, handle: Handle | undefined) =>
  rows<{ id: Id }>(ctx, statement, [
    words.inside,
    words.word,
    words.domain,
    handle?.username.toLowerCase() ?? '',
    accountIdOf(ctx.actor) ?? null,
    search.following ?? false,
    handle?.domain ?? '',
    search.limit,
    search.offset ?? 0,
  ])
