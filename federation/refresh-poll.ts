import { Account } from '#core/accounts/account.model'
import type { Ctx } from '#core/ctx'
import { receiveEdit } from '#core/posts/edits/receive-edit'
import { Post } from '#core/posts/post.model'
import type { Facts } from '#platform/facts'
import { fetchObject } from './fetch-object.ts'
import { readPost } from './objects/post.ts'
import { authorOf } from './objects/read-people.ts'
import { textOf, typeOf } from './properties.ts'

/** Takes the newer counts of a poll from its origin (POLL-06, federation rule 126). */
export async function refreshPoll(ctx: Ctx, { postId }: Facts['poll.asked']): Promise<void> {
  const post = await Post.findByPk(postId)
  const author = post && (await Account.findByPk(post.authorId))
  if (!post?.uri || !author?.uri || author.suspendedAt || author.goneAt) return
  const question = await fetchObject(ctx, post.uri)
  if (!question || textOf(question.id) !== post.uri || !typeOf(question, ['Question'])) return
  if (authorOf(question) !== author.uri) return
  const draft = await readPost(question, author)
  // What does not say that it was edited was not, whoever asked (federation rule 119).
  await receiveEdit(ctx, { ...draft, updatedAt: draft.updatedAt ?? post.publishedAt })
}
