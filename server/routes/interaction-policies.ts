import { z } from 'zod'
import { changeDefaultPolicies } from '#core/posts/interactions/change-default-policies'
import { defaultPolicies } from '#core/posts/interactions/default-policies'
import { policyInput, readPolicy } from '../input/interaction-policy.ts'
import { routes } from '../routes.ts'
import { defaultPoliciesJson } from '../serializers/interaction-policy.ts'

const answers = 'DefaultPolicies'
const input = z.looseObject({
  public: policyInput,
  unlisted: policyInput,
  private: policyInput,
  direct: policyInput,
})

/** What posts of a member restrict when an app says nothing, in the shape of GoToSocial (client extensions 4.13). */
export default routes('/api/v1/interaction_policies', (r) => {
  r.get('/defaults', { scopes: ['read:accounts'], answers }, async (ctx) =>
    defaultPoliciesJson(await defaultPolicies(ctx)),
  )
  r.patch('/defaults', { scopes: ['write:accounts'], input, answers }, async (ctx, asked) => {
    const visibilities = ['public', 'unlisted', 'private', 'direct'] as const
    const policies = visibilities.flatMap((visibility) => {
      const policy = readPolicy(asked[visibility])
      return policy ? [[visibility, policy]] : []
    })
    await changeDefaultPolicies(ctx, Object.fromEntries(policies))
    return defaultPoliciesJson(await defaultPolicies(ctx))
  })
})
