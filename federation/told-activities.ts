import { federation } from '#config/federation'
import { instance } from '#config/instance'
import type { Account } from '#core/accounts/account.model'
import { Reaction } from '#core/reactions/reaction.model'
import { Block } from '#core/relationships/block.model'
import { Follow } from '#core/relationships/follow.model'
import { postUri } from '#core/addresses'
import { row } from '#platform/db'
import { type Id, isId } from '#platform/ids'
import { select } from '#platform/select'
import { blockActivity, followActivity } from './activities.ts'
import { outward } from './deliveries/follow.ts'
import { likeOf } from './deliveries/reaction.ts'
import { requestActivity } from './interaction-activities.ts'
import { loadPosts } from './load-posts.ts'
import type { Json } from './properties.ts'
import { quoteRequestActivity } from './quote-activities.ts'

type Find = (account: Account, id: Id) => Promise<Json | undefined>

/** What lasts for as long as what it says: made anew from that, by the part of the address that names it. */
const lasting: ReadonlyMap<string, Find> = new Map<string, Find>([
  [
    'follows',
    async (account, id) => {
      const follow = await select({}, Follow, 'id = $1 AND follower_id = $2', [id, account.id])
      const pair = follow && (await outward(follow.followerId, follow.followedId))
      return pair ? followActivity(id, pair.from, pair.to) : undefined
    },
  ],
  [
    'blocks',
    async (account, id) => {
      if (!federation.tellsOfBlocks) return undefined
      const block = await select({}, Block, 'id = $1 AND blocker_id = $2', [id, account.id])
      const pair = block && (await outward(block.blockerId, block.blockedId))
      return pair ? blockActivity(id, pair.from, pair.to) : undefined
    },
  ],
  [
    'likes',
    async (account, id) => {
      const found = await select({}, Reaction, 'id = $1 AND account_id = $2', [id, account.id])
      if (!found) return undefined
      const { accountId, postId, emoji, picture } = found
      return likeOf({ reactionId: id, accountId, postId, emoji, picture, uri: null })
    },
  ],
  [
    'interaction_requests',
    async (account, id) => {
      const request = await requestActivity(id)
      return request?.senderId === account.id ? request.activity : undefined
    },
  ],
  [
    'quote_requests',
    async (account, id) => {
      const [post] = await loadPosts([id])
      const quote = post?.authorId === account.id && post.uri === null ? post.quote : null
      return post && quote?.authorUri
        ? quoteRequestActivity(post, postUri(quote), quote.authorUri)
        : undefined
    },
  ],
])

/**
 * An activity of a member, or of the instance, by its path, for those whom it was told (federation rule 192): what lasts for as
 * long as it does, all else while its letter is kept. Undefined when there is none.
 */
export async function toldActivity(account: Account, path: string): Promise<Json | undefined> {
  const [kind = '', id, ...more] = path.split('/').slice(account.kind === 'application' ? 2 : 3)
  const find = more.length === 0 && isId(id) ? lasting.get(kind) : undefined
  return find ? find(account, id!) : letterAt(account.id, path)
}

// What is of a post ends with the post, and has a letter no more.
async function letterAt(senderId: Id, path: string): Promise<Json | undefined> {
  const letter = await row<{ body: string }>(
    {},
    `SELECT o.body FROM outgoing_activities AS o WHERE o.uri = $1 AND o.sender_id = $2
       AND (o.post_id IS NULL OR EXISTS (SELECT 1 FROM posts WHERE id = o.post_id))`,
    [instance.origin + path, senderId],
  )
  return letter && (JSON.parse(letter.body) as Json)
}
