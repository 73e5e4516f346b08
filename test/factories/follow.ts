import { Follow } from '#core/relationships/follow.model'
import { idOf, type Somebody } from './account.ts'

/** Makes somebody follow somebody, here or elsewhere, accepted unless told otherwise: `await follow(ann, alice, 'pending')`. */
export const follow = (
  follower: Somebody,
  followed: Somebody,
  state: Follow['state'] = 'accepted',
): Promise<Follow> => Follow.create({ followerId: idOf(follower), followedId: idOf(followed), state })
