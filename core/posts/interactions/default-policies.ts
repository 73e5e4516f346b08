import { actingPerson } from '../../actor.ts'
import type { Ctx } from '../../ctx.ts'
import { row } from '#platform/db'
import type { Visibility } from '../post.model.ts'
import type { InteractionPolicy } from './interaction.policy.ts'

/** What posts of a member restrict when an app says nothing, by visibility; what is left out restricts nothing. */
export type DefaultPolicies = Partial<Record<Visibility, InteractionPolicy>>

/** Those of the actor (client extensions 4.13). */
export async function defaultPolicies(ctx: Ctx): Promise<DefaultPolicies> {
  const found = await row<{ policies: DefaultPolicies | null }>(
    ctx,
    'SELECT interaction_policies AS policies FROM users WHERE id = $1',
    [actingPerson(ctx).userId],
  )
  return found?.policies ?? {}
}
