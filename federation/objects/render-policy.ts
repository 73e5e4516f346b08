import { accountUri } from '#core/addresses'
import type { Interaction, InteractionRule } from '#core/posts/interactions/interaction.policy'
import { followersOf } from '../audience.ts'
import { interactionKinds } from '../interaction-kinds.ts'
import type { WholePost } from '../load-posts.ts'
import type { Json } from '../properties.ts'
import { PUBLIC } from '../vocabulary.ts'

/** The stamp with which something that needed a yes shows it, for older readers too (wire 10.6). */
export function renderApproval(id: string, approval: WholePost['approval']): Json {
  const uri = approval && (approval.stampUri ?? approvalUri(approval.kind, approval.authorId, id))
  return uri ? { [interactionKinds[approval.kind].property]: uri, approvedBy: uri } : {}
}

/** The address of the stamp that an author here gives. */
export const approvalUri = (kind: Interaction, authorId: string, id: string): string =>
  `${accountUri({ id: authorId, uri: null })}/authorizations/${interactionKinds[kind].path}/${id}`

/** Who may do what with a post (wire 10.5). Nobody is written as the author alone; whom it names may always answer it. */
export function renderPolicy(post: WholePost): Json {
  const self = accountUri({ id: post.authorId, uri: null })
  const isOpen = post.visibility === 'public' || post.visibility === 'unlisted'
  const named = post.mentions.map(accountUri)
  const readers = [...(post.visibility === 'direct' ? [] : [followersOf(post.authorId)]), ...named]
  const everybody = isOpen ? [PUBLIC] : readers
  const words: Readonly<Record<string, string[]>> = {
    public: everybody,
    followers: [followersOf(post.authorId)],
    following: [`${self}/following`],
    mentioned: named,
  }
  const meant = (who: readonly string[]) => [...new Set(who.flatMap((each) => words[each] ?? [each]))]
  const said = (rule: InteractionRule | undefined, open: string[], always: string[] = []): Json =>
    rule
      ? allows([self, ...always, ...meant(rule.automatic)], meant(rule.manual))
      : allows(open.length > 0 ? open : [self])
  const { interactionPolicy: policy, quoteAutomatic } = post
  return {
    canQuote: said(undefined, quotersOf(quoteAutomatic ?? [], post.authorId)),
    canReply: said(policy?.reply, everybody, named),
    canLike: said(policy?.like, everybody),
    canAnnounce: said(policy?.boost, isOpen ? [PUBLIC] : []),
  }
}

function quotersOf(audiences: readonly string[], authorId: string): string[] {
  const words: Record<string, string> = { public: PUBLIC, followers: followersOf(authorId) }
  return audiences.flatMap((audience) => words[audience] ?? [])
}

// GoToSocial before 0.20 reads the two older names alone, and takes a policy without them for nobody at all.
function allows(automatic: readonly string[], manual: readonly string[] = []): Json {
  const always = [...new Set(automatic)]
  return { automaticApproval: always, manualApproval: manual, always, approvalRequired: manual }
}
