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

/** Who replaces an emoji takes the former back first: other servers are to hear of it in this order. */
export const inTurn = ({ accountId, postId, emoji }: ReactionFact): { lane?: string } =>
  emoji === '' ? {} : { lane: `reactions ${accountId} ${postId}` }

declare module '#platform/facts' {
  interface Facts {
    'reaction.added': ReactionFact
    'reaction.removed': ReactionFact
  }
}
