import { actingPerson } from '../../actor.ts'
import type { Ctx } from '../../ctx.ts'
import { rows } from '#platform/db'
import type { Visibility } from '../post.model.ts'
import { type AskedPolicy, choosePolicy } from './choose-policy.ts'

/**
 * Changes what posts of the actor restrict when an app says nothing. A visibility that is left out restricts nothing again, as
 * apps of this family expect (client extensions 4.13). Throws Invalid for an unknown word.
 */
export async function changeDefaultPolicies(
  ctx: Ctx,
  asked: Partial<Record<Visibility, AskedPolicy>>,
): Promise<void> {
  const chosen = Object.entries(asked).flatMap(([visibility, policy]) => {
    const rules = choosePolicy(policy)
    return rules ? [[visibility, rules]] : []
  })
  await rows(ctx, 'UPDATE users SET interaction_policies = $2::jsonb WHERE id = $1', [
    actingPerson(ctx).userId,
    chosen.length > 0 ? JSON.stringify(Object.fromEntries(chosen)) : null,
  ])
}
