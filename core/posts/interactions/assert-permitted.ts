import type { Ctx } from '../../ctx.ts'
import { Invalid } from '#platform/errors'
import type { Id } from '#platform/ids'
import { type Interaction, judgeInteraction, type Restricted, type Standing } from './interaction.policy.ts'

const refusals: Record<Interaction, string> = {
  reply: 'The author of this post does not let you reply to it',
  like: 'The author of this post does not let you like it',
  boost: 'The author of this post does not let you boost it',
}

/** What a member is told who may not do that with a post. */
export const refusalOf = (kind: Interaction): Invalid => new Invalid(refusals[kind])

/**
 * How a member may do that with a post, who throws Invalid, with a sentence for people, for what its author forbids them
 * (federation rule 217). What is `manual` has to wait for a yes.
 */
export async function assertPermitted(
  ctx: Pick<Ctx, 'tx'>,
  post: Restricted,
  by: { accountId: Id; kind: Interaction },
): Promise<Exclude<Standing, 'denied'>> {
  const standing = await judgeInteraction(ctx, post, by)
  if (standing === 'denied') throw refusalOf(by.kind)
  return standing
}
