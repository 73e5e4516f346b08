import type { Id } from '#platform/ids'

declare module '#platform/facts' {
  interface Facts {
    /** A member changed who may do what with a post of theirs, which is no edit. */
    'interaction.policyChanged': { postId: Id; authorId: Id }
  }
}
