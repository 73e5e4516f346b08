import type { Ctx } from '#core/ctx'
import { Post } from '#core/posts/post.model'
import { repliesKey } from '#core/posts/threads/ask-replies'
import { finishRefresh } from '#core/refreshes/finish-refresh'
import type { Facts } from '#platform/facts'
import { fetchObject } from './fetch-object.ts'
import { takeObject } from './find-post.ts'
import { findStoredPost } from './find-stored.ts'
import { idOf, idsOf, isJson, type Json, textOf } from './properties.ts'

const MOST = 50
const PAGES = 3

/**
 * Fetches replies to a post of another server that its origin lists and that are not here: the first pages, each reply from
 * its own origin, and only what really answers that post (STAT-10, federation rules 53, 121).
 */
export async function fetchReplies(ctx: Ctx, { postId }: Facts['thread.asked']): Promise<void> {
  const post = await Post.findByPk(postId)
  const uri = post?.uri
  const object = uri ? await fetchObject(ctx, uri) : undefined
  let count = 0
  for (const id of object ? await listed(ctx, object.replies) : []) {
    if (await findStoredPost(id)) continue
    const reply = await fetchObject(ctx, id)
    if (reply && textOf(reply.id) === id && idOf(reply.inReplyTo) === uri && (await takeObject(ctx, reply)))
      count += 1
  }
  await finishRefresh(repliesKey(postId), count)
}

/** The ids in a collection of replies, which may stand in the post or be an address. */
async function listed(ctx: Ctx, replies: unknown): Promise<string[]> {
  const found = new Set<string>()
  const collection = await whole(ctx, replies)
  let page = collection && (hasItems(collection) ? collection : await whole(ctx, collection.first))
  for (let read = 0; page && read < PAGES && found.size < MOST; read += 1) {
    for (const id of idsOf(page.items ?? page.orderedItems)) found.add(id)
    const next = idOf(page.next)
    page = next && next !== idOf(page) ? await fetchObject(ctx, next) : undefined
  }
  return [...found].slice(0, MOST)
}

const hasItems = (page: Json): boolean => page.items !== undefined || page.orderedItems !== undefined

const whole = async (ctx: Ctx, value: unknown): Promise<Json | undefined> => {
  if (isJson(value) && (hasItems(value) || value.first !== undefined)) return value
  const id = idOf(value)
  return id ? fetchObject(ctx, id) : undefined
}
