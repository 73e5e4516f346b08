import { accountUri } from '#core/addresses'
import type { Account } from '#core/accounts/account.model'
import type { Ctx } from '#core/ctx'
import { receiveEdit } from '#core/posts/edits/receive-edit'
import { authenticObject } from '../authentic-object.ts'
import { concernsUs } from '../concerns-us.ts'
import { refreshAccount } from '../find-account.ts'
import { findStoredPost } from '../find-stored.ts'
import { listen } from '../listen.ts'
import { newestObject } from '../newest-object.ts'
import { actorTypes } from '../objects/account.ts'
import { readPost } from '../objects/post.ts'
import { postTypes } from '../objects/read-post.ts'
import { idOf, idsOf, isJson, type Json, many, typeOf } from '../properties.ts'

/** Update of a profile, which is fetched again (federation rules 77, 78), or of a post by its author (rule 62). */
export default listen(['Update'], async (ctx, incoming) => {
  for (const value of many(incoming.json.object)) {
    const isActor = isJson(value)
      ? typeOf(value, actorTypes) !== undefined
      : idOf(value) === accountUri(incoming.actor)
    if (isActor) {
      if (idOf(value) === accountUri(incoming.actor)) await refreshAccount(ctx, incoming.actor)
      continue
    }
    const object = await authenticObject(ctx, incoming, value)
    if (!object || !typeOf(object, postTypes)) continue
    await takeEdit(ctx, incoming.actor, object)
  }
})

async function takeEdit(ctx: Ctx, author: Account, object: Json): Promise<void> {
  const first = await readPost(object, author)
  const stored = await findStoredPost(first.uri)
  const newest = await newestObject(ctx, stored, first)
  const draft = newest ? await readPost(newest, author) : first
  // Some leave out whom a post is for when they tell of a change to it (wire 8.2).
  const isAddressed = idsOf((newest ?? object).to).length + idsOf((newest ?? object).cc).length > 0
  if (stored && !isAddressed) draft.visibility = stored.visibility
  // An edit that overtook its post is the newer state of it (federation rule 117).
  if (stored || (await concernsUs(draft)))
    await receiveEdit(ctx, draft, { isFromOrigin: newest !== undefined })
}
