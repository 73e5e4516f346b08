import { Account } from '#core/accounts/account.model'
import { parseOurs } from '#core/addresses'
import { Post } from '#core/posts/post.model'
import { gather } from '#platform/gather'
import { select, selectAll } from '#platform/select'

/** The stored post with this ActivityPub id or page address, of ours or of another server; nothing is fetched. */
export async function findStoredPost(uri: string | undefined): Promise<Post | null> {
  if (!uri) return null
  const ours = parseOurs(uri.replace(/\/activity$/, ''))
  if (ours) return 'postId' in ours ? select({}, Post, 'id = $1 AND uri IS NULL', [ours.postId]) : null
  return (await select({}, Post, 'uri = $1', [uri])) ?? (await select({}, Post, 'url = $1', [uri]))
}

/** The stored account with this ActivityPub id, of ours or of another server; nothing is fetched. */
export async function findStoredAccount(uri: string | undefined): Promise<Account | null> {
  if (!uri) return null
  const ours = parseOurs(uri)
  if (!ours) return (await storedElsewhere({ uri })) ?? null
  if ('accountId' in ours) return select({}, Account, 'id = $1 AND domain IS NULL', [ours.accountId])
  return 'username' in ours
    ? select({}, Account, 'lower(username) = lower($1) AND domain IS NULL', [ours.username])
    : null
}

// The senders of all activities that are worked on at one moment are looked up by one query; each gets an object of its own.
const storedElsewhere = gather<{ uri: string }, Account>(0, async (asked) => {
  const found = await selectAll({}, Account, 'uri = ANY ($1)', [[...new Set(asked.map(({ uri }) => uri))]])
  const byUri = new Map(found.map((account) => [account.uri, account]))
  return new Map(
    asked.flatMap((each) => {
      const account = byUri.get(each.uri)
      return account ? [[each, Account.build(account.get(), { isNewRecord: false, raw: true })]] : []
    }),
  )
})
