import { accountUri, postUri } from '#core/addresses'
import type { Interaction } from '#core/posts/interactions/interaction.policy'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import { type Party, party } from './load-quote.ts'
import { interactionKinds } from './interaction-kinds.ts'
import type { Stamp } from './stamps.ts'

/** What somebody wants to do, or was allowed to do, with a post. */
export type Approval = {
  id: Id
  kind: Interaction
  state: 'pending' | 'accepted' | 'rejected'
  uri: string | null
  accountId: Id
  accountUri: string | null
  target: Party
}

/** Loads a request with the post that it is about; undefined when there is none. */
export const loadApproval = (id: Id): Promise<Approval | undefined> =>
  row<Approval>(
    {},
    `SELECT i.id, i.kind, i.state, i.uri, i.account_id AS "accountId", a.uri AS "accountUri", ${party('p', 'pa')} AS target
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

/** The address of the stamp that an author here gives. */
export const approvalUri = (kind: Interaction, authorId: Id, id: Id): string =>
  `${accountUri({ id: authorId, uri: null })}/authorizations/${interactionKinds[kind].path}/${id}`

/** The stamp itself. */
export const approvalStamp = (done: Done & { target: Pick<Party, 'id' | 'authorId' | 'uri'> }): Stamp => ({
  type: interactionKinds[done.kind].stamp,
  id: approvalUri(done.kind, done.target.authorId, done.id),
  authorId: done.target.authorId,
  interacting: interactingUri(done),
  target: postUri(done.target),
})
