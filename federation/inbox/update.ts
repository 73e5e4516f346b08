import { accountUri } from '#core/addresses'
import { receiveEdit } from '#core/posts/edits/receive-edit'
import { authenticObject } from '../authentic-object.ts'
import { concernsUs } from '../concerns-us.ts'
import { refreshAccount } from '../find-account.ts'
import { findStoredPost } from '../find-stored.ts'
import { listen } from '../listen.ts'
import { actorTypes } from '../objects/account.ts'
import { readPost } from '../objects/post.ts'
import { postTypes } from '../objects/read-post.ts'
import { idOf, isJson, many, typeOf } from '../properties.ts'

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
    const draft = await readPost(object, incoming.actor)
    // An edit that overtook its post is the newer state of it (federation rule 117).
    if ((await findStoredPost(draft.uri)) || (await concernsUs(draft))) await receiveEdit(ctx, draft)
  }
})
