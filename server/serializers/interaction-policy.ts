import {
  type Interaction,
  type InteractionPolicy,
  type InteractionRule,
  type Standing,
  standingOf,
} from '#core/posts/interactions/interaction.policy'
import type { Visibility } from '#core/posts/post.model'
import type { PostState } from '#core/posts/post.queries'
import type { Id } from '#platform/ids'
import type { StatusFragment } from './status-fragment.ts'

type Rule = { always: string[]; with_approval: string[] }

/** Who may do what with a post, in the words of GoToSocial (client extensions 4.13). */
export type InteractionPolicyJson = { can_favourite: Rule; can_reply: Rule; can_reblog: Rule }

/** How whoever reads it stands to each; nobody when it is a visitor. */
type Mine = ((kind: Interaction) => Standing) | undefined

const readers: Record<Visibility, readonly string[]> = {
  public: ['public'],
  unlisted: ['public'],
  private: ['author', 'followers', 'mentioned'],
  direct: ['author', 'mentioned'],
}
const isOpen = (visibility: Visibility): boolean => readers[visibility][0] === 'public'

// Accounts have no word, and apps take a list in which they do not know everything for one of everybody: `me` says it.
const groups = new Set(['author', 'public', 'followers', 'following', 'mentioned'])
const known = (list: readonly string[]) => [...new Set(list.filter((word) => groups.has(word)))]

function ruleJson(
  visibility: Visibility,
  kind: Interaction,
  rule: InteractionRule | undefined,
  mine: Mine,
): Rule {
  const author = ['author', ...(kind === 'reply' ? ['mentioned'] : [])]
  const open = kind === 'boost' && !isOpen(visibility) ? ['author'] : readers[visibility]
  const always = rule ? known([...author, ...rule.automatic]) : [...open]
  const withApproval = rule ? known(rule.manual) : []
  const standing = mine?.(kind)
  if (standing === 'automatic' || standing === 'vouched') always.push('me')
  if (standing === 'manual') withApproval.push('me')
  return { always, with_approval: withApproval }
}

const policyJson = (
  visibility: Visibility,
  policy: InteractionPolicy | null | undefined,
  mine: Mine,
): InteractionPolicyJson => ({
  can_favourite: ruleJson(visibility, 'like', policy?.like, mine),
  can_reply: ruleJson(visibility, 'reply', policy?.reply, mine),
  can_reblog: ruleJson(visibility, 'boost', policy?.boost, mine),
})

const asAuthor = (): Standing => 'automatic'
/** Whoever sees what nobody restricts may do everything with it, but boost what is not for everybody. */
const asReader =
  (visibility: Visibility) =>
  (kind: Interaction): Standing =>
    kind === 'boost' && !isOpen(visibility) ? 'denied' : 'automatic'

// Most posts restrict nothing: what they say is made once.
const [forVisitors, forAuthors, forReaders] = [
  () => undefined,
  () => asAuthor,
  (visibility: Visibility) => asReader(visibility),
].map((mine: (visibility: Visibility) => Mine) => {
  const of = (visibility: Visibility) => policyJson(visibility, null, mine(visibility))
  return { public: of('public'), unlisted: of('unlisted'), private: of('private'), direct: of('direct') }
}) as [Open, Open, Open]
type Open = Record<Visibility, InteractionPolicyJson>

/** Who may do what with a post; `me` is the viewer. */
export function interactionPolicyJson(
  { id, authorId, relation }: Pick<PostState, 'id' | 'authorId' | 'relation'>,
  { visibility, interactionPolicy, replyToAccountId }: StatusFragment,
  viewerId: Id | undefined,
): InteractionPolicyJson {
  if (!interactionPolicy)
    return (viewerId === undefined ? forVisitors : viewerId === authorId ? forAuthors : forReaders)[
      visibility
    ]
  if (!viewerId || !relation) return policyJson(visibility, interactionPolicy, undefined)
  const post = { id, authorId, interactionPolicy, replyToAccountId, uri: null }
  const viewer = { accountId: viewerId, uri: null, isOurs: true }
  return policyJson(visibility, interactionPolicy, (kind) =>
    interactionPolicy[kind] || viewerId === authorId
      ? standingOf(post, { ...viewer, kind }, relation)
      : asReader(visibility)(kind),
  )
}

/** What posts of a member restrict when an app says nothing, as that member reads it. */
export const defaultPoliciesJson = (policies: Partial<Record<Visibility, InteractionPolicy>>): Open => ({
  direct: policyJson('direct', policies.direct, asAuthor),
  private: policyJson('private', policies.private, asAuthor),
  unlisted: policyJson('unlisted', policies.unlisted, asAuthor),
  public: policyJson('public', policies.public, asAuthor),
})
