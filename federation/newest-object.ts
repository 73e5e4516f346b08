import type { Ctx } from '#core/ctx'
import { isTie } from '#core/posts/edits/receive-edit'
import type { Post } from '#core/posts/post.model'
import { cleanContent, type RemotePost } from '#core/posts/remote-post'
import { fetchObject } from './fetch-object.ts'
import type { Json } from './properties.ts'

/**
 * The object at its origin, when an edit says something else than what is stored but not whether it is newer: without a
 * time, or with the same one. Undefined when that is clear, or the origin does not answer.
 */
export const newestObject = async (
  ctx: Ctx,
  stored: Post | null,
  draft: RemotePost,
): Promise<Json | undefined> =>
  stored && isTie(stored, draft) && cleanContent(draft).html !== stored.html
    ? fetchObject(ctx, draft.uri, { soon: true })
    : undefined
