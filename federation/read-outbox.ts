import type { Account } from '#core/accounts/account.model'
import { accountUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import type { Post } from '#core/posts/post.model'
import { isOpen } from '#core/posts/post.policy'
import { receiveBoost } from '#core/posts/receive-boost'
import { fetchObject } from './fetch-object.ts'
import { findPost, takeObject } from './find-post.ts'
import { findStoredPost } from './find-stored.ts'
import { authorOf } from './objects/read-people.ts'
import { boostVisibilityOf, visibilityOf } from './objects/read-post.ts'
import { permits } from './permitted.ts'
import { idOf, isJson, type Json, sameOrigin, textOf, timeOf, typeOf } from './properties.ts'
import { readCollection } from './read-collection.ts'
import { relayedIn, takeCreated } from './take-relayed.ts'
import { unlessRefused } from './unless-refused.ts'

const MOST = 20
const LOOKED_AT = 60
const PAGES = 3
const quietly = { alone: true, isQuiet: true }

/**
 * Takes the latest posts that somebody elsewhere lists in their outbox, twenty at most, oldest first and quietly: they are on the
 * profile, and nobody is told. Of a group these are the threads that it announced. What stands there counts if its author is the
 * owner and on that host, all else as its own id gives it (federation rules 53 to 59, 105).
 */
export async function readOutbox(ctx: Ctx, account: Account): Promise<void> {
  const owner = accountUri(account)
  const listed = await readCollection(ctx, {
    collection: account.outboxUrl,
    owner,
    pages: PAGES,
    most: LOOKED_AT,
  })
  const activities: Json[] = []
  for (const item of listed ?? []) {
    if (activities.length === MOST) break
    const activity = await told(ctx, item, account)
    if (activity) activities.push(activity)
  }
  for (const activity of activities.toReversed())
    await unlessRefused(() =>
      account.kind === 'group' ? takeThread(ctx, activity, account) : takeOwn(ctx, activity, account),
    )
}

/** What is of use: posts of people, and what groups pass on. Whom people boost is not asked for all that. */
async function told(ctx: Ctx, item: unknown, account: Account): Promise<Json | undefined> {
  const [owner, id] = [accountUri(account), idOf(item)]
  if (!sameOrigin(id, owner)) return undefined
  const activity = isJson(item) ? item : await fetchObject(ctx, id!)
  const isWanted =
    activity && typeOf(activity, account.kind === 'group' ? ['Announce', 'Create'] : ['Create'])
  return isWanted && idOf(activity.actor) === owner ? activity : undefined
}

async function takeOwn(ctx: Ctx, { object: said }: Json, account: Account): Promise<void> {
  const [owner, id] = [accountUri(account), idOf(said)]
  if (!id || !sameOrigin(id, owner) || (await findStoredPost(id))) return
  const object = isJson(said) && authorOf(said) === owner ? said : await fetchObject(ctx, id)
  if (!object || textOf(object.id) !== id || authorOf(object) !== owner) return
  if (isOpen(visibilityOf(object, account.followersUrl))) await takeObject(ctx, object, quietly)
}

async function takeThread(ctx: Ctx, activity: Json, group: Account): Promise<void> {
  if (typeOf(activity, ['Create'])) return takeOwn(ctx, activity, group)
  const [inner] = relayedIn(activity)
  if (inner && !typeOf(inner, ['Create'])) return
  const uri = idOf(activity.object)
  const post = inner
    ? await takeCreated(ctx, inner, group, quietly)
    : uri && ((await findStoredPost(uri)) ?? (await findPost(ctx, uri, quietly)))
  if (post && !(inner && (post.replyToId || post.replyToUri))) await boost(ctx, activity, post, group)
}

async function boost(ctx: Ctx, announce: Json, post: Post, group: Account): Promise<void> {
  const word = await permits(ctx, { kind: 'boost', target: post, accountId: group.id, made: announce })
  if (word.is !== 'yes') return
  await receiveBoost(ctx, {
    uri: textOf(announce.id)!,
    authorId: group.id,
    postId: post.id,
    visibility: boostVisibilityOf(announce),
    publishedAt: timeOf(announce.published) ?? post.publishedAt,
    isQuiet: true,
  })
}
