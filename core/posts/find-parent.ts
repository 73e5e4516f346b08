import { parseOurs } from '../addresses.ts'
import type { TxCtx } from '../ctx.ts'
import { row } from '#platform/db'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import type { PostDraft } from './post-draft.ts'
import type { Visibility } from './post.model.ts'
import { sharing } from './share-post.ts'

export type Parent = {
  id: Id
  authorId: Id
  threadId: Id
  replyToAccountId: Id | null
  visibility: Visibility
}

const shown = `p.id, p.author_id AS "authorId", p.thread_id AS "threadId",
  p.reply_to_account_id AS "replyToAccountId", p.visibility`

// A reply to a boost answers what was boosted (POST-08); nobody erases that meanwhile.
const byId = sharing(shown, 'named.id = $1')
const byUri = sharing(shown, 'named.uri = $1')

/**
 * Finds what a draft answers; undefined when it answers nothing, or something that is not here yet. Throws NotFound when
 * a parent named by its row id is gone.
 */
export async function findParent(
  ctx: TxCtx,
  { replyToId, replyToUri }: Pick<PostDraft, 'replyToId' | 'replyToUri'>,
): Promise<Parent | undefined> {
  if (replyToId) {
    const parent = await row<Parent>(ctx, byId, [replyToId])
    if (!parent) throw new NotFound()
    return parent
  }
  if (!replyToUri) return undefined
  const ours = parseOurs(replyToUri)
  if (ours) return 'postId' in ours ? row<Parent>(ctx, byId, [ours.postId]) : undefined
  return row<Parent>(ctx, byUri, [replyToUri])
}

/** Whom a reply answers: when somebody goes on with an own reply, it is whom that one answered (POST-09). */
export const repliedTo = (parent: Parent, authorId: Id): Id =>
  parent.authorId === authorId ? (parent.replyToAccountId ?? authorId) : parent.authorId
