import { setTimeout as sleep } from 'node:timers/promises'
import { parseHandle } from '../accounts/parse-handle.ts'
import { accountUrl } from '../addresses.ts'
import type { Ctx } from '../ctx.ts'
import type { MentionedAccount } from '../text/compose-text.ts'
import { findMentions } from '../text/find-mentions.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/** How long writing a post may wait for servers that are asked about people it names, and about how many. */
const PATIENCE = 3000
const MOST = 10

type Named = { handle: string; username: string; domain: string | null }
type Found = { id: Id; username: string; domain: string | null; uri: string | null; url: string | null }

/** An account that a text names, as `composeText` wants it. */
export type Mentioned = MentionedAccount & { accountId: Id }

/**
 * Finds whom a text names, by the handles as they stand in it: accounts that are stored here, and others at their own
 * servers, for a few seconds at most. Those that cannot be found, are suspended or are blocked by the author stay plain
 * text (HTML-04).
 */
export async function resolveMentions(
  ctx: Ctx,
  { text, authorId }: { text: string; authorId: Id },
): Promise<Map<string, Mentioned>> {
  const named = findMentions(text).flatMap(({ handle }): Named[] => {
    const parsed = parseHandle(handle)
    return parsed ? [{ handle, ...parsed }] : []
  })
  if (named.length === 0) return new Map()
  await fetchUnknown(ctx, named)
  const found = new Map((await stored(ctx, named, authorId)).map((each) => [keyOf(each), mentioned(each)]))
  return new Map(
    named.flatMap((each) => {
      const account = found.get(keyOf(each))
      return account ? [[each.handle, account] as const] : []
    }),
  )
}

const keyOf = ({ username, domain }: Pick<Named, 'username' | 'domain'>): string =>
  `${username.toLowerCase()}@${domain ?? ''}`

const mentioned = (account: Found): Mentioned => ({
  accountId: account.id,
  username: account.username,
  acct: account.domain ? `${account.username}@${account.domain}` : account.username,
  url: accountUrl(account),
})

const lists = (named: readonly Named[]) => [
  named.map(({ username }) => username.toLowerCase()),
  named.map(({ domain }) => domain ?? ''),
]

/** Whoever is found elsewhere is stored; who answers too late is there the next time. */
async function fetchUnknown(ctx: Ctx, named: readonly Named[]): Promise<void> {
  const known = await rows<Found>(
    ctx,
    `SELECT username, domain FROM accounts
     WHERE (lower(username), coalesce(domain, '')) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
    lists(named),
  )
  const keys = new Set(known.map(keyOf))
  const unknown = named.filter((each) => each.domain !== null && !keys.has(keyOf(each))).slice(0, MOST)
  if (unknown.length === 0) return
  const asked = Promise.allSettled(
    unknown.map(({ username, domain }) => ctx.remote.findAccount(ctx, { username, domain: domain ?? '' })),
  )
  await Promise.race([asked, sleep(PATIENCE, undefined, { ref: false })])
}

const stored = (ctx: Ctx, named: readonly Named[], authorId: Id): Promise<Found[]> =>
  rows<Found>(
    ctx,
    `SELECT a.id, a.username, a.domain, a.uri, a.url FROM accounts AS a
     WHERE (lower(a.username), coalesce(a.domain, '')) IN (SELECT * FROM unnest($1::text[], $2::text[]))
       AND a.suspended_at IS NULL AND a.gone_at IS NULL
       AND NOT EXISTS (SELECT FROM users AS u WHERE u.account_id = a.id AND (u.confirmed_at IS NULL OR u.approved_at IS NULL))
       AND NOT EXISTS (SELECT FROM blocks AS b WHERE b.blocker_id = $3 AND b.blocked_id = a.id)`,
    [...lists(named), authorId],
  )
