import type { Id } from '#platform/ids'
import type { Picture } from './reaction.model.ts'

/** `emoji` is empty for a favourite; `uri` is the id of the activity of another server, null for what was made here. */
export type ReactionFact = {
  reactionId: Id
  accountId: Id
  postId: Id
  emoji: string
  uri: string | null
  /** Of a custom emoji. */
  picture?: Picture | null
}

declare module '#platform/facts' {
  interface Facts {
    'reaction.added': ReactionFact
    'reaction.removed': ReactionFact
  }
}
