import type { Ctx } from '#core/ctx'
import { dialectAt } from '#core/instances/dialect'
import { isOpen } from '#core/posts/post.policy'
import { deliver } from '../deliveries.ts'
import type { WholePost } from '../load-posts.ts'
import { renderPage } from '../objects/render-page.ts'
import { hostOf, type Json } from '../properties.ts'

/**
 * Sends the Create or Update of a post to these inboxes: with a Page in it to the host of a community that wants one for what begins a
 * thread, as it is to all others (wire 9, feature groups-06).
 */
export async function deliverWithPage(
  ctx: Ctx,
  post: WholePost,
  activity: Json,
  inboxes: readonly string[],
): Promise<void> {
  const letter = { senderId: post.authorId, postId: post.id }
  const host = await hostWithPages(post)
  const { there = [], others = [] } = Object.groupBy(inboxes, (inbox) =>
    host && hostOf(inbox) === host ? 'there' : 'others',
  )
  await deliver(ctx, { ...letter, activity }, others)
  if (there.length === 0) return
  const page = { ...activity, object: renderPage(post) }
  await deliver(ctx, { ...letter, activity: page, name: `${String(activity.id)} page` }, there)
}

async function hostWithPages(post: WholePost): Promise<string | undefined> {
  const group = post.mentions.find(({ kind }) => kind === 'group')
  const isFirst = !post.replyTo && !post.replyToUri && !post.poll
  if (!group?.uri || !isFirst || !isOpen(post.visibility)) return undefined
  const host = hostOf(group.uri)
  return host && (await dialectAt(host)) === 'threadiverse' ? host : undefined
}
