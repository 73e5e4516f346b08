import type { Account } from '#core/accounts/account.model'
import type {
  Interaction,
  InteractionPolicy,
  InteractionRule,
} from '#core/posts/interactions/interaction.policy'
import { idsOf, isJson, isWeb, type Json } from '../properties.ts'
import { isPublic } from '../vocabulary.ts'

const names: Record<Interaction, string> = { reply: 'canReply', like: 'canLike', boost: 'canAnnounce' }
const kinds = Object.keys(names) as Interaction[]

const MOST = 100
const ADDRESS = 2048

/**
 * What the author of a post does not let everybody do with it, in any of the dialects (wire 10.5); null when they restrict
 * nothing, undefined when the post has no policy.
 */
export function interactionPolicyIn(object: Json, author: Account): InteractionPolicy | null | undefined {
  const policy = object.interactionPolicy
  if (!isJson(policy)) return undefined
  const rules = kinds.flatMap((kind): [Interaction, InteractionRule][] => {
    const rule = ruleIn(policy[names[kind]], author)
    return rule ? [[kind, rule]] : []
  })
  return rules.length > 0 ? Object.fromEntries(rules) : null
}

function ruleIn(value: unknown, author: Account): InteractionRule | undefined {
  if (!isJson(value)) return undefined
  const automatic = value.automaticApproval ?? value.always
  const manual = value.manualApproval ?? value.approvalRequired
  // A part that says nothing lets everybody.
  if (automatic === undefined && manual === undefined) return undefined
  const rule = { automatic: audiencesOf(automatic, author), manual: audiencesOf(manual, author) }
  return rule.automatic.includes('public') ? undefined : rule
}

const audiencesOf = (value: unknown, { followersUrl, followingUrl }: Account): string[] => [
  ...new Set(
    idsOf(value)
      .slice(0, MOST)
      .flatMap((id) => {
        if (isPublic(id)) return ['public']
        if (id === followersUrl) return ['followers']
        if (id === followingUrl) return ['following']
        return isWeb(id) && id.length <= ADDRESS ? [id] : []
      }),
  ),
]
