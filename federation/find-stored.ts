import { Account } from '#core/accounts/account.model'
import { parseOurs } from '#core/addresses'
import { Post } from '#core/posts/post.model'

/** The stored post with this ActivityPub id or page address, of ours or of another server; nothing is fetched. */
export async function findStoredPost(uri: string | undefined): Promise<Post | null> {
  if (!uri) return null
  const ours = parseOurs(uri.replace(/\/activity$/, ''))
  if (ours) return 'postId' in ours ? Post.findOne({ where: { id: ours.postId, uri: null } }) : null
  return (await Post.findOne({ where: { uri } })) ?? (await Post.findOne({ where: { url: uri } }))
}

/** The stored account with this ActivityPub id, of ours or of another server; nothing is fetched. */
export async function findStoredAccount(uri: string | undefined): Promise<Account | null> {
  if (!uri) return null
  const ours = parseOurs(uri)
  if (!ours) return Account.findOne({ where: { uri } })
  if ('accountId' in ours) return Account.findOne({ where: { id: ours.accountId, domain: null } })
  return 'username' in ours ? Account.findOne({ where: { username: ours.username, domain: null } }) : null
}
