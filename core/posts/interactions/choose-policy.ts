import { Invalid } from '#platform/errors'
import { isWeb } from '../remote-post.ts'
import type { Interaction, InteractionPolicy } from './interaction.policy.ts'

/** Who may do what, as a member says it: words for groups, or accounts by their ActivityPub ids. */
export type AskedRule = { always: string[]; withApproval: string[] }
export type AskedPolicy = Partial<Record<Interaction, AskedRule>>

const groups = new Set(['public', 'followers', 'following', 'mentioned'])
/** Authors may do everything with what is theirs, so that nothing is kept of it. */
const authors = new Set(['author', 'me'])
const MOST = 100

/**
 * The policy that a member chose (client extensions 4.13); null when it restricts nothing, as what everybody may do at once is
 * no restriction. Throws Invalid for words that nobody knows.
 */
export function choosePolicy(asked: AskedPolicy): InteractionPolicy | null {
  const rules = Object.entries(asked).flatMap(([kind, rule]) => {
    const automatic = whoOf(rule.always)
    const manual = whoOf(rule.withApproval).filter((who) => !automatic.includes(who))
    return automatic.includes('public') ? [] : [[kind, { automatic, manual }]]
  })
  return rules.length > 0 ? Object.fromEntries(rules) : null
}

function whoOf(words: readonly string[]): string[] {
  const known = words.filter((word) => groups.has(word) || authors.has(word) || isWeb(word))
  if (known.length < words.length || words.length > MOST)
    throw new Invalid('Validation failed: Interaction policy is not included in the list', {
      interaction_policy: [{ error: 'ERR_INCLUSION', description: 'is not included in the list' }],
    })
  return [...new Set(known.filter((word) => !authors.has(word)))]
}
