import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { dropFeeds, homeKey, listKey } from './feed-store.ts'

/** Forgets the feed of a list that has changed, and the home that an exclusive list takes posts from (TL-06). */
export async function forgetFeeds(_ctx: Ctx, fact: { listId: Id; ownerId: Id }): Promise<void> {
  await dropFeeds([listKey(fact.listId), homeKey(fact.ownerId)])
}
