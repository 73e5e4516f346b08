import type { TxCtx } from '../../ctx.ts'
import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import type { MentionDraft } from '../post-draft.ts'
import type { Visibility } from '../post.model.ts'
import type { InteractionRequest } from './interaction-request.ts'
import type { Interaction } from './interaction.policy.ts'

/** What somebody wants to do with a post; what another server made has its addresses. */
export type Wanted = {
  kind: Interaction
  accountId: Id
  target: { id: Id; authorId: Id }
  /** Of what is here already: a reply, or what was done at once. */
  id?: Id
  uri?: string | null
  requestUri?: string | null
  emoji?: string
  picture?: { url: string; staticUrl: string } | null
  visibility?: Visibility
  mentions?: MentionDraft[]
}

// What was done before the author had a say in it needs no yes.
const insertion = `INSERT INTO interaction_requests
    (id, kind, account_id, target_id, author_id, state, uri, request_uri, emoji, picture, visibility, mentions, answered_at)
  SELECT coalesce($1::bigint, kith_id()), $2, $3::bigint, $4::bigint, $5::bigint, $6, $7, $8, $9, $10::jsonb, $11, $12::jsonb,
    CASE WHEN $6 = 'accepted' THEN now() END
  WHERE $1::bigint IS NOT NULL OR NOT EXISTS (SELECT FROM reactions AS r
      WHERE $2 = 'like' AND r.account_id = $3::bigint AND r.post_id = $4::bigint AND r.emoji = $9)
    AND NOT EXISTS (SELECT FROM posts AS b WHERE $2 = 'boost' AND b.author_id = $3::bigint AND b.boost_of_id = $4::bigint)
  ON CONFLICT DO NOTHING RETURNING id`

/**
 * Writes a request in the state that it has from the start; gives its id, or undefined when there is one already, or what it
 * wants was done before.
 */
export const recordRequest = (
  ctx: TxCtx,
  wanted: Wanted,
  state: InteractionRequest['state'],
): Promise<{ id: Id } | undefined> =>
  row<{ id: Id }>(ctx, insertion, [
    wanted.id ?? null,
    wanted.kind,
    wanted.accountId,
    wanted.target.id,
    wanted.target.authorId,
    state,
    wanted.uri ?? null,
    wanted.requestUri ?? null,
    wanted.emoji ?? '',
    wanted.picture ? JSON.stringify(wanted.picture) : null,
    wanted.visibility ?? null,
    wanted.mentions ? JSON.stringify(wanted.mentions) : null,
  ])
