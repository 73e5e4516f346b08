import type { Account } from '#core/accounts/account.model'
import type { Ctx } from '#core/ctx'
import { doubtFollows } from '#core/relationships/doubt-follows'
import { localFollowers } from '#core/relationships/local-followers.queries'
import { lru } from '#platform/lru'
import { digestOf, type FollowersDigest } from './followers-digest.ts'
import { isSameId } from './same-id.ts'
import { sharedMarks } from './shared-marks.ts'

const HOUR = 3600
// What was compared a short while ago costs no query: a server says the same with each post.
const compared = lru<{ digest: string }>(10_000, HOUR)

/**
 * Compares what somebody's server says about their followers here with what is kept here, and has a difference looked into,
 * once an hour for each sender (federation rule 191, wire 13.1).
 */
export async function compareFollowers(ctx: Ctx, sender: Account, said: FollowersDigest): Promise<void> {
  if (!sender.followersUrl || !isSameId(said.collectionId, sender.followersUrl)) return
  if (compared.get(sender.id)?.digest === said.digest) return
  const ours = await localFollowers(ctx, sender.id)
  compared.set(sender.id, { digest: said.digest })
  if (digestOf(ours.map(({ followerUri }) => followerUri)) === said.digest) return
  if (!(await sharedMarks.claim(`followers of ${sender.uri}`, HOUR * 1000))) return
  await doubtFollows(ctx, { accountId: sender.id, url: said.url })
}
