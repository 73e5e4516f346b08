import { Account } from '#core/accounts/account.model'
import { accountUri, isOurs, postUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { type Interaction, judgeInteraction } from '#core/posts/interactions/interaction.policy'
import { Post } from '#core/posts/post.model'
import type { RemotePost } from '#core/posts/remote-post'
import { Forbidden } from '#platform/errors'
import type { Id } from '#platform/ids'
import { Retry } from '#platform/outcomes'
import { select } from '#platform/select'
import { interactionKinds } from './interaction-kinds.ts'
import { idOf, isWeb, type Json, textOf } from './properties.ts'
import { verifyStamp } from './verify-stamp.ts'

type Deed = {
  kind: Interaction
  /** What it is done with. */
  target: Post
  accountId: string
  /** The Note, Like or Announce. */
  made: Json
}

/** The stamp that was needed, for which post of its author. */
export type Shown = { kind: Interaction; targetId: Id; stampUri: string }
type Word = { is: 'yes' | 'no' | 'unreachable'; shown?: Shown }

/**
 * Does the author of a post let somebody elsewhere do that with it (federation rule 217)? What needs their yes must name
 * a stamp of theirs, which is fetched and looked at as those of quotes are. `unreachable` while that cannot be had. What is
 * done with posts of ours is judged where it is kept.
 */
export async function permits(ctx: Ctx, deed: Deed): Promise<Word> {
  const { kind, accountId, made } = deed
  const target = deed.target.boostOfId ? await Post.findByPk(deed.target.boostOfId) : deed.target
  if (!target?.interactionPolicy || target.isLocal || target.interactionPolicy[kind]?.isForMembers)
    return { is: 'yes' }
  const standing = await judgeInteraction(ctx, target, { accountId, kind })
  if (standing !== 'manual') return { is: standing === 'denied' ? 'no' : 'yes' }
  const { property, stamps: types } = interactionKinds[kind]
  const [stampUri, quoting] = [idOf(made[property]) ?? idOf(made.approvedBy), textOf(made.id)]
  const author = await Account.findByPk(target.authorId)
  if (!stampUri || !isWeb(stampUri) || !quoting || !author) return { is: 'no' }
  const claim = { stampUri, author: accountUri(author), quoting, quoted: postUri(target), types }
  const found = await verifyStamp(ctx, claim)
  if (found === 'valid') return { is: 'yes', shown: { kind, targetId: target.id, stampUri } }
  return { is: found === 'unreachable' ? 'unreachable' : 'no' }
}

/** Gives the stamp, if one was needed. Throws Forbidden for what the author does not let happen, Retry while their yes cannot be had. */
export async function assertPermits(ctx: Ctx, deed: Deed): Promise<Shown | undefined> {
  const found = await permits(ctx, deed)
  if (found.is === 'unreachable') throw new Retry('the yes of an author cannot be fetched')
  if (found.is === 'no') throw new Forbidden('the author does not permit it')
  return found.shown
}

/** What a reply from elsewhere answers, if that is a stored post of another server whose author restricts answers. */
export const restrictedParent = (replyToUri: string | null | undefined): Promise<Post | null> =>
  replyToUri && !isOurs(replyToUri)
    ? select({}, Post, 'uri = $1 AND interaction_policy IS NOT NULL', [replyToUri])
    : Promise.resolve(null)

/** The same for a reply whose parent's author restricts answers. */
export async function assertMayAnswer(
  ctx: Ctx,
  { replyToUri, authorId }: Pick<RemotePost, 'replyToUri' | 'authorId'>,
  made: Json,
): Promise<Shown | undefined> {
  const target = await restrictedParent(replyToUri)
  return target ? assertPermits(ctx, { kind: 'reply', target, accountId: authorId, made }) : undefined
}
