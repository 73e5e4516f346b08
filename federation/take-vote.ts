import { Tombstone } from '#core/accounts/tombstone.model'
import { parseOurs } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { receiveVote } from '#core/posts/polls/receive-vote'
import type { Id } from '#platform/ids'
import { select } from '#platform/select'
import { findStoredPost } from './find-stored.ts'
import { mayStillCome, NotYet } from './not-yet.ts'
import { idOf, type Json, textOf } from './properties.ts'

/**
 * Counts a vote in a poll of ours (wire 6.3); votes in polls of others are for them to count. Throws NotYet for a poll
 * that may be about to be committed.
 */
export async function takeVote(ctx: Ctx, accountId: Id, vote: Json): Promise<void> {
  const uri = idOf(vote.inReplyTo) ?? ''
  const question = await findStoredPost(uri)
  if (!question && (await isAwaited(uri))) throw new NotYet(`there is no post ${uri}`)
  if (!question?.isLocal) return
  const option = textOf(vote.name) ?? ''
  await receiveVote(ctx, { postId: question.id, accountId, option, uri: textOf(vote.id) ?? null })
}

async function isAwaited(uri: string): Promise<boolean> {
  const ours = parseOurs(uri)
  return (
    ours !== undefined &&
    'postId' in ours &&
    mayStillCome(ours.postId) &&
    !(await select({}, Tombstone, 'uri = $1', [uri]))
  )
}
