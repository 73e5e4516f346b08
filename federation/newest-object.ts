import type { Ctx } from '#core/ctx'
import { isTie } from '#core/posts/edits/receive-edit'
import { Poll } from '#core/posts/polls/poll.model'
import type { PollDraft } from '#core/posts/post-draft'
import type { Post } from '#core/posts/post.model'
import { cleanContent, type RemotePost } from '#core/posts/remote-post'
import type { Id } from '#platform/ids'
import { fetchObject } from './fetch-object.ts'
import type { Json } from './properties.ts'

/**
 * The object at its origin, when an edit says something else than what is stored but not whether it is newer: without a
 * time, or with the same one. Undefined when that is clear, or the origin does not answer.
 */
export async function newestObject(
  ctx: Ctx,
  stored: Post | null,
  draft: RemotePost,
): Promise<Json | undefined> {
  if (!stored || !isTie(stored, draft)) return undefined
  const { html, poll = null } = cleanContent(draft)
  const isClear = html === stored.html && !(await countsFewer(stored.id, poll))
  return isClear ? undefined : fetchObject(ctx, draft.uri, { soon: true })
}

// Votes are hardly ever taken back: whoever tells of fewer than are known has mostly been overtaken by the next vote.
async function countsFewer(postId: Id, poll: PollDraft | null): Promise<boolean> {
  if (!poll?.tallies) return false
  const known = await Poll.findOne({ where: { postId } })
  return known?.tallies.some((count, at) => (poll.tallies?.[at] ?? 0) < count) ?? false
}
