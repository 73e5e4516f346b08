import { accountUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import type { Facts } from '#platform/facts'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import { deletePostActivity } from '../activities.ts'
import { deliver, inboxesOf } from '../deliveries.ts'
import type { Named, WholePost } from '../load-posts.ts'
import { type Lone, lonePeople, messageUri, privateMessage } from '../private-message.ts'
import type { Json } from '../properties.ts'

/** Those among whom a direct post names who get it by themselves; a group of their servers gets none. */
export const aloneIn = async ({ visibility, mentions }: WholePost): Promise<Lone[]> =>
  visibility === 'direct' ? lonePeople(mentions) : []

/** Tells each of them of the post alone (feature dms-02). */
export async function deliverAlone(
  ctx: Ctx,
  post: WholePost,
  people: readonly Lone[],
  tell: (post: WholePost) => Json,
): Promise<void> {
  for (const lone of people.filter(({ person }) => person.kind !== 'group')) {
    const letter = { activity: privateMessage(post, lone, tell), senderId: post.authorId, postId: post.id }
    await deliver(ctx, letter, await inboxesOf([lone.person.id], { personal: true }))
  }
}

/** Tells each of them that it is gone, where it has an id of its own. */
export async function deliverEndAlone(ctx: Ctx, fact: Facts['post.deleted']): Promise<void> {
  const { postId: id, authorId, mentionedIds, visibility } = fact
  if (visibility !== 'direct' || mentionedIds.length < 2) return
  for (const { person } of await lonePeople(await named(mentionedIds))) {
    const uri = messageUri({ id, uri: null, authorId }, person.id, mentionedIds.length)
    const told = deletePostActivity(uri, authorId, { to: [accountUri(person)], cc: [] })
    const letter = { activity: { ...told, id: `${uri}/delete` }, senderId: authorId, endedPostId: id }
    await deliver(ctx, letter, await inboxesOf([person.id], { personal: true }))
  }
}

const named = (ids: readonly Id[]) =>
  rows<Pick<Named, 'id' | 'uri'>>(
    {},
    `SELECT id, uri FROM accounts WHERE id = ANY ($1::bigint[]) AND uri IS NOT NULL AND kind <> 'group'`,
    [ids],
  )
