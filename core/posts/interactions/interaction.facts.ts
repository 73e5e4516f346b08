import type { Id } from '#platform/ids'
import type { Interaction } from './interaction.policy.ts'

declare module '#platform/facts' {
  interface Facts {
    /** A member changed who may do what with a post of theirs, which is no edit. */
    'interaction.policyChanged': { postId: Id; authorId: Id }
    /** Somebody wants to do something with a post whose author has to say yes first. */
    'interaction.requested': { requestId: Id; accountId: Id }
    /** The author of a post said yes or no to what somebody wants to do with it. */
    'interaction.answered': InteractionAnswer
    /** Who waited for a yes waits no more: it was taken back. */
    'interaction.withdrawn': Pick<InteractionAnswer, 'kind' | 'targetId' | 'accountId'>
    /** A member's reply shows another stamp, or none any more, which is no edit. */
    'interaction.changed': { postId: Id; authorId: Id }
    /** The author of a post took their yes back. */
    'interaction.revoked': InteractionAnswer
  }
}

/** What was wanted, with the addresses that the asking server gave it. */
export type InteractionAnswer = {
  kind: Interaction
  targetId: Id
  accountId: Id
  uri: string | null
  requestUri: string | null
  /** The request that was let pass; null when it is refused. */
  requestId: Id | null
}
