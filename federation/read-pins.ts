import type { Account } from '#core/accounts/account.model'
import { accountUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { MOST_PINNED, receivePins } from '#core/posts/marks/receive-pins'
import { isOpen } from '#core/posts/post.policy'
import type { Id } from '#platform/ids'
import { findPost } from './find-post.ts'
import { findStoredPost } from './find-stored.ts'
import { idOf, sameOrigin } from './properties.ts'
import { readCollection } from './read-collection.ts'
import { unlessRefused } from './unless-refused.ts'

/**
 * Makes the pinned posts of somebody elsewhere those that their own server lists in `featured` now (federation rule 70); what is not here
 * is fetched from its own id, quietly. Of a group it is what others wrote there: that is only read. A list that cannot be had
 * changes nothing.
 */
export async function readPins(ctx: Ctx, account: Account): Promise<void> {
  const owner = accountUri(account)
  const listed = await readCollection(ctx, {
    collection: account.featuredUrl,
    owner,
    pages: 1,
    most: MOST_PINNED,
  })
  if (!listed) return
  const isGroup = account.kind === 'group'
  const postIds: Id[] = []
  for (const uri of listed.flatMap((item) => idOf(item) ?? [])) {
    if (!isGroup && !sameOrigin(uri, owner)) continue
    const post =
      (await findStoredPost(uri)) ??
      (await unlessRefused(() => findPost(ctx, uri, { alone: true, isQuiet: true })))
    if (post?.authorId === account.id && isOpen(post.visibility)) postIds.push(post.id)
  }
  if (!isGroup) await receivePins(ctx, { authorId: account.id, postIds })
}
