import type { Follow } from './follow.model.ts'
import type { FollowPair } from './relationship.facts.ts'

/** What facts tell of a follow. */
export const pairOf = ({ id, followerId, followedId, uri }: Follow): FollowPair => ({
  followId: id,
  followerId,
  followedId,
  uri: uri ?? null,
})
