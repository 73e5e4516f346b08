import type { Transaction } from 'sequelize'
import { accountUrl } from '../addresses.ts'
import type { MentionedAccount } from '../text/compose-text.ts'
import { findMentions } from '../text/find-mentions.ts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { parseHandle } from './parse-handle.ts'

type Found = { id: Id; username: string; domain: string | null; uri: string | null; url: string | null }

const keyOf = (username: string, domain: string | null): string => `${username.toLowerCase()}@${domain ?? ''}`

/** The accounts that a text names and that are stored here, by handle; other servers are not asked. One query. */
export async function knownMentions(
  ctx: { tx?: Transaction | undefined },
  text: string,
): Promise<Map<string, MentionedAccount>> {
  const named = findMentions(text).flatMap(({ username, domain, handle }) => {
    const parsed = parseHandle(domain ? `${username}@${domain}` : username)
    return parsed ? [{ handle, key: keyOf(parsed.username, parsed.domain), ...parsed }] : []
  })
  if (named.length === 0) return new Map()
  const found = await rows<Found>(
    ctx,
    `SELECT a.id, a.username, a.domain, a.uri, a.url
     FROM unnest($1::text[], $2::text[]) AS wanted (username, domain)
       JOIN accounts AS a ON lower(a.username) = wanted.username AND coalesce(a.domain, '') = wanted.domain
     WHERE a.gone_at IS NULL AND a.suspended_at IS NULL AND NOT EXISTS (SELECT FROM users AS u
       WHERE u.account_id = a.id AND (u.confirmed_at IS NULL OR u.approved_at IS NULL))`,
    [named.map(({ username }) => username.toLowerCase()), named.map(({ domain }) => domain ?? '')],
  )
  const byKey = new Map(found.map((account) => [keyOf(account.username, account.domain), mentioned(account)]))
  return new Map(named.flatMap(({ handle, key }) => (byKey.has(key) ? [[handle, byKey.get(key)!]] : [])))
}

const mentioned = (account: Found): MentionedAccount => ({
  url: accountUrl(account),
  username: account.username,
  acct: account.domain ? `${account.username}@${account.domain}` : account.username,
})
