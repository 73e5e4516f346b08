import type { Ctx } from '../../ctx.ts'
import { Invalid } from '#platform/errors'
import type { Id } from '#platform/ids'
import { type Interaction, judgeInteraction, type Restricted } from './interaction.policy.ts'

const refusals: Record<Interaction, string> = {
  reply: 'The author of this post does not let you reply to it',
  like: 'The author of this post does not let you like it',
  boost: 'The author of this post does not let you boost it',
}

/** Throws Invalid, with a sentence for people, for what the author of a post forbids a member (federation rule 217). */
export async function assertPermitted(
  ctx: Pick<Ctx, 'tx'>,
  post: Restricted,
  by: { accountId: Id; kind: Interaction },
): Promise<void> {
  const standing = await judgeInteraction(ctx, post, by)
  if (standing === 'denied' || (standing === 'manual' && post.uri === null))
    throw new Invalid(refusals[by.kind])
}
