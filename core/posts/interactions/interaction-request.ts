import type { Ctx, TxCtx } from '../../ctx.ts'
import { row, rows } from '#platform/db'
import type { Id } from '#platform/ids'
import type { MentionDraft } from '../post-draft.ts'
import type { Visibility } from '../post.model.ts'
import type { Interaction } from './interaction.policy.ts'

/** What somebody wants to do, or was allowed to do, with a post whose author has a say in it. */
export type InteractionRequest = {
  /** That of the reply, or of the reaction or boost that it becomes. */
  id: Id
  kind: Interaction
  accountId: Id
  targetId: Id
  authorId: Id
  state: 'pending' | 'accepted' | 'rejected'
  uri: string | null
  requestUri: string | null
  emoji: string
  picture: { url: string; staticUrl: string } | null
  visibility: Visibility | null
  mentions: MentionDraft[] | null
  stampUri: string | null
  createdAt: Date
  answeredAt: Date | null
}

/** The columns of the request `i` as an InteractionRequest. */
export const requestColumns = `i.id, i.kind, i.account_id AS "accountId", i.target_id AS "targetId",
  i.author_id AS "authorId", i.state, i.uri, i.request_uri AS "requestUri", i.emoji, i.picture, i.visibility, i.mentions,
  i.stamp_uri AS "stampUri", i.created_at AS "createdAt", i.answered_at AS "answeredAt"`

/** The request of this id; undefined when there is none. */
export const findRequest = (ctx: Pick<Ctx, 'tx'>, id: Id): Promise<InteractionRequest | undefined> =>
  row(ctx, `SELECT ${requestColumns} FROM interaction_requests AS i WHERE i.id = $1`, [id])

/** The requests of these ids that wait; in no order. */
export const findRequests = (ctx: Pick<Ctx, 'tx'>, ids: readonly Id[]): Promise<InteractionRequest[]> =>
  rows(
    ctx,
    `SELECT ${requestColumns} FROM interaction_requests AS i WHERE i.id = ANY ($1::bigint[]) AND i.state = 'pending'`,
    [ids],
  )

/** As `findRequest`, and lets nobody else answer it until the transaction ends. */
export const lockRequest = (ctx: TxCtx, id: Id): Promise<InteractionRequest | undefined> =>
  row(ctx, `SELECT ${requestColumns} FROM interaction_requests AS i WHERE i.id = $1 FOR UPDATE`, [id])

/** What facts say of it. */
export const answerOf = (
  { kind, targetId, accountId, uri, requestUri }: InteractionRequest,
  requestId: Id | null,
) => ({ kind, targetId, accountId, uri, requestUri, requestId })
