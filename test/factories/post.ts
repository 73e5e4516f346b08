import type { Ctx } from '#core/ctx'
import type { PostDraft } from '#core/posts/post-draft'
import type { Post } from '#core/posts/post.model'
import { recordPost } from '#core/posts/record-post'
import { nowhere } from '#core/remote'
import type { Id } from '#platform/ids'
import { idOf, type Somebody } from './account.ts'

const ctx: Ctx = { actor: { kind: 'kith' }, remote: nowhere }

/**
 * Makes a post of a member or of an account elsewhere, public unless told otherwise: `await post(alice, { text: 'hi',
 * mentions: [bob] })`. Its HTML is its text in one paragraph unless given. A post elsewhere needs a `uri`.
 */
export function post(
  author: Somebody,
  {
    mentions = [],
    replyTo,
    ...draft
  }: Partial<Omit<PostDraft, 'mentions'>> & { mentions?: Somebody[]; replyTo?: { id: Id } } = {},
): Promise<Post> {
  const text = draft.text ?? 'hello'
  return recordPost(ctx, {
    authorId: idOf(author),
    visibility: 'public',
    text,
    html: draft.boostOfId ? '' : `<p>${text}</p>`,
    language: 'en',
    mentions: mentions.map((each) => ({ accountId: idOf(each) })),
    ...(replyTo ? { replyToId: replyTo.id } : {}),
    ...draft,
  })
}

/** Makes a boost of a post. */
export const boost = (booster: Somebody, of: { id: Id }, draft: Partial<PostDraft> = {}): Promise<Post> =>
  recordPost(ctx, { authorId: idOf(booster), visibility: 'public', boostOfId: of.id, ...draft })
