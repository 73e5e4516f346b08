import type { TxCtx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { ReactionFact } from './reaction.facts.ts'

/** How many of those who gave an emoji are named beside their number. */
const NAMED = 20

const one = 'reactions -> $2::text'

// Of the emojis of a host that host says best what they look like; else whoever came first.
const raised = `UPDATE posts SET reactions = coalesce(reactions, '{}') || jsonb_build_object($2::text, jsonb_build_object(
    'count', coalesce((${one} ->> 'count')::int, 0) + 1,
    'first', coalesce(${one} ->> 'first', $3::text),
    'by', CASE WHEN jsonb_array_length(coalesce(${one} -> 'by', '[]')) < ${NAMED}
      THEN coalesce(${one} -> 'by', '[]') || to_jsonb($4::text) ELSE ${one} -> 'by' END,
    'picture', CASE WHEN $6::boolean OR ${one} IS NULL THEN $5::jsonb ELSE ${one} -> 'picture' END))
  WHERE id = $1`

const lowered = `UPDATE posts SET reactions = CASE WHEN (${one} ->> 'count')::int > 1
    THEN reactions || jsonb_build_object($2::text, (${one}) || jsonb_build_object(
      'count', (${one} ->> 'count')::int - 1, 'by', (${one} -> 'by') - $3::text))
    ELSE nullif(reactions - $2::text, '{}') END
  WHERE id = $1 AND reactions ? $2::text`

/** Counts an emoji with its post. `isOfHome`: whoever gave it is of the server that the emoji is of. */
export async function tallyReaction(
  ctx: TxCtx,
  { reactionId, accountId, postId, emoji, picture }: ReactionFact,
  { isOfHome }: { isOfHome: boolean },
): Promise<void> {
  const drawn = picture ? JSON.stringify(picture) : null
  await rows(ctx, raised, [postId, emoji, reactionId, accountId, drawn, isOfHome])
}

/** Counts it no more. */
export async function untallyReaction(
  ctx: TxCtx,
  { accountId, postId, emoji }: Pick<ReactionFact, 'accountId' | 'postId' | 'emoji'>,
): Promise<void> {
  await rows(ctx, lowered, [postId, emoji, accountId])
}
