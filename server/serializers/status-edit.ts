import type { Ctx } from '#core/ctx'
import type { Post } from '#core/posts/post.model'
import { type Revision, revisionsOf } from '#core/posts/edits/revision.queries'
import { type AccountJson, oneAccountJson } from './account.ts'
import { mediumJson } from './medium.ts'
import { emojiUsesJson } from './emoji.ts'

/** The history of a post, oldest first; at least what it says now (STAT-17). */
export async function statusEditsJson(ctx: Ctx, post: Pick<Post, 'id' | 'authorId'>) {
  const [account, revisions] = await Promise.all([
    oneAccountJson(ctx, post.authorId),
    revisionsOf(ctx, post.id),
  ])
  return revisions.map((revision) => statusEditJson(revision, account))
}

const statusEditJson = (revision: Revision, account: AccountJson) => ({
  content: revision.html,
  spoiler_text: revision.spoilerText,
  sensitive: revision.isSensitive,
  created_at: revision.createdAt.toISOString(),
  account,
  media_attachments: revision.media.map(mediumJson),
  emojis: emojiUsesJson(revision.emojis),
  ...(revision.pollOptions ? { poll: { options: revision.pollOptions.map((title) => ({ title })) } } : {}),
})
