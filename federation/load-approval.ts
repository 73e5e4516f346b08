import { accountUri, postUri } from '#core/addresses'
import type { Interaction } from '#core/posts/interactions/interaction.policy'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import { authorUriOf, type Party, party } from './load-quote.ts'
import { interactionKinds } from './interaction-kinds.ts'
import { approvalUri } from './objects/render-policy.ts'
import type { Stamp } from './stamps.ts'
import type { StampClaim } from './verify-stamp.ts'

/** What somebody wants to do, or was allowed to do, with a post. */
export type Approval = {
  id: Id
  kind: Interaction
  state: 'pending' | 'accepted' | 'rejected'
  uri: string | null
  stampUri: string | null
  accountId: Id
  accountUri: string | null
  target: Party
}

/** Loads a request with the post that it is about; undefined when there is none. */
export const loadApproval = (id: Id): Promise<Approval | undefined> =>
  row<Approval>(
    {},
    `SELECT i.id, i.kind, i.state, i.uri, i.stamp_uri AS "stampUri", i.account_id AS "accountId", a.uri AS "accountUri", ${party('p', 'pa')} AS target
     FROM interaction_requests AS i JOIN accounts AS a ON a.id = i.account_id JOIN posts AS p ON p.id = i.target_id
       JOIN accounts AS pa ON pa.id = p.author_id WHERE i.id = $1`,
    [id],
  )

type Done = { id: Id; kind: Interaction; accountId: Id; uri: string | null }

/** The ActivityPub id of what was wanted: the Note, Like or Announce. */
export function interactingUri({ id, kind, accountId, uri }: Done): string {
  if (uri) return uri
  if (kind === 'like') return `${accountUri({ id: accountId, uri: null })}/likes/${id}`
  const post = postUri({ id, uri: null, authorId: accountId })
  return kind === 'boost' ? `${post}/activity` : post
}

/** The stamp itself. */
export const approvalStamp = (done: Done & { target: Pick<Party, 'id' | 'authorId' | 'uri'> }): Stamp => ({
  type: interactionKinds[done.kind].stamp,
  id: approvalUri(done.kind, done.target.authorId, done.id),
  authorId: done.target.authorId,
  interacting: interactingUri(done),
  target: postUri(done.target),
})

/** What the stamp of an author elsewhere has to say of what a member wants. */
export const claimOfApproval = (request: Approval, stampUri: string): StampClaim => ({
  stampUri,
  author: authorUriOf(request.target),
  quoting: interactingUri(request),
  quoted: postUri(request.target),
  types: interactionKinds[request.kind].stamps,
})

/** A member's reply to a post by that author as what they may approve, asked or not; undefined when it is none. */
export async function loadUnasked(postId: Id, authorId: Id): Promise<Approval | undefined> {
  const found = await row<{ accountId: Id; target: Party }>(
    {},
    `SELECT r.author_id AS "accountId", ${party('p', 'pa')} AS target FROM posts AS r JOIN posts AS p ON p.id = r.reply_to_id
       JOIN accounts AS pa ON pa.id = p.author_id
     WHERE r.id = $1 AND r.uri IS NULL AND p.author_id = $2 AND p.uri IS NOT NULL AND r.author_id <> $2`,
    [postId, authorId],
  )
  const reply = { id: postId, kind: 'reply', state: 'accepted', uri: null, stampUri: null } as const
  return found && { ...reply, accountUri: null, ...found }
}
