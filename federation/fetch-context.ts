import type { Ctx } from '#core/ctx'
import { isOurs } from '#core/addresses'
import type { Id } from '#platform/ids'
import { fetchListed } from './fetch-listed.ts'
import { fetchObject } from './fetch-object.ts'
import { idOf, idsOf, isJson, isWeb, type Json, sameOrigin, typeOf } from './properties.ts'
import { readCollection } from './read-collection.ts'

const most = { most: 500, pages: 10 }

/**
 * Fetches what is not here of a thread that its owner lists, as a collection of posts (`context`), or of what was done
 * (`contextHistory`), on the owner's host (FEP-7888, FEP-f228; feature backfill-03). Each post comes from its own id, and only if it
 * says itself that it is in that thread, or answers something that is. Gives how many came.
 */
export async function fetchContext(ctx: Ctx, post: Json, threadId: Id): Promise<number> {
  const named = new Set(idsOf([post.context, post.contextHistory].flat()))
  for (const uri of named) {
    const listed = await listedIn(ctx, uri, post)
    if (!listed) continue
    const ids = new Set(listed.flatMap((item) => postIn(item) ?? []))
    const known = new Set([...ids, idOf(post)!])
    const belongs = ({ inReplyTo, context, contextHistory }: Json): boolean =>
      idsOf(inReplyTo).some((id) => known.has(id)) ||
      idsOf([context, contextHistory].flat()).some((id) => named.has(id))
    return fetchListed(ctx, { ids: [...ids], threadId, belongs })
  }
  return 0
}

/** What is listed at an address; undefined when that is no collection, as with those who name the first post there. */
async function listedIn(ctx: Ctx, uri: string, post: Json): Promise<unknown[] | undefined> {
  if (!isWeb(uri) || isOurs(uri) || uri === idOf(post)) return undefined
  const collection = await fetchObject(ctx, uri)
  // Whose list is not with its owner is anybody's.
  const owner = collection && idOf(collection.attributedTo ?? collection.actor ?? post)
  if (!collection || idOf(collection) !== uri || !sameOrigin(owner, uri)) return undefined
  // NodeBB lists the posts of its conversations by themselves.
  return readCollection(ctx, { ...most, collection: collection.posts ?? collection, owner: uri })
}

/** The post of a member: an id, the post itself, or the Create of one, which may stand in an Add. */
function postIn(item: unknown): string | undefined {
  if (!isJson(item) || item.object === undefined) return idOf(item)
  if (typeOf(item, ['Create'])) return idOf(item.object)
  return typeOf(item, ['Add', 'Announce']) && isJson(item.object) ? postIn(item.object) : undefined
}
