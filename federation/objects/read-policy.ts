import type { Account } from '#core/accounts/account.model'
import type {
  Interaction,
  InteractionPolicy,
  InteractionRule,
} from '#core/posts/interactions/interaction.policy'
import { now } from '#platform/clock'
import { idsOf, isJson, isWeb, type Json, textOf } from '../properties.ts'
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
  if (!isJson(policy)) return commentPolicyIn(object, author)
  const rules = kinds.flatMap((kind): [Interaction, InteractionRule][] => {
    const rule = ruleIn(policy[names[kind]], author)
    return rule ? [[kind, rule]] : []
  })
  return rules.length > 0 ? Object.fromEntries(rules) : null
}

const closed: InteractionRule = { automatic: [], manual: [], isForMembers: true }
const moderated: InteractionRule = { automatic: [], manual: ['public'], isForMembers: true }

/** What servers say that know comments alone: PeerTube, Lemmy and its kin, Pixelfed and Streams (feature replies-08). */
function commentPolicyIn(object: Json, author: Account): InteractionPolicy | null | undefined {
  const { commentsEnabled, commentsPolicy, capabilities, canReply, commentPolicy } = object
  const until = /\buntil=(\S+)/.exec(textOf(commentPolicy) ?? '')?.[1]
  if (commentsEnabled === false || commentsPolicy === 2 || (until && new Date(until) < now()))
    return { reply: closed }
  if (commentsPolicy === 3) return { reply: moderated }
  // Where there is such a number, `canReply` means another thing.
  if (commentsPolicy) return null
  const said = isJson(capabilities) && 'reply' in capabilities ? (capabilities.reply ?? []) : canReply
  if (said === undefined || said === null) return commentsEnabled === undefined ? undefined : null
  const automatic = audiencesOf(said, author)
  return automatic.includes('public') ? null : { reply: { ...closed, automatic } }
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
