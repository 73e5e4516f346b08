import type { TxCtx } from '../../ctx.ts'
import { holdInteraction } from './hold-interaction.ts'
import { judgeInteraction, type Restricted } from './interaction.policy.ts'
import type { Wanted } from './record-request.ts'
import { refuseInteraction } from './refuse-interaction.ts'

/**
 * What the author of a post says to what somebody elsewhere wants to do with it: nothing, yes, or not (yet), of which they are
 * told (federation rule 217). A yes is to be shown when it was asked for, or when others cannot know it. Of posts of other
 * servers their own servers say it.
 */
export async function askFor(
  ctx: TxCtx,
  target: Restricted,
  wanted: Wanted,
): Promise<'open' | 'given' | 'waits'> {
  if (target.uri !== null) return 'open'
  const standing = await judgeInteraction(ctx, target, wanted)
  if (standing === 'denied') {
    await refuseInteraction(ctx, wanted)
    return 'waits'
  }
  if (standing !== 'manual') return standing === 'vouched' || wanted.requestUri ? 'given' : 'open'
  return (await holdInteraction(ctx, wanted)) === 'accepted' ? 'open' : 'waits'
}
