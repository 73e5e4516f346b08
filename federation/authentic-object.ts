import type { Ctx } from '#core/ctx'
import { accountUri } from '#core/addresses'
import type { Incoming } from './listen.ts'
import { fetchObject } from './fetch-object.ts'
import { authorOf } from './objects/read-people.ts'
import { idOf, isJson, type Json, sameOrigin } from './properties.ts'

/**
 * The object of an activity that its actor may speak for: as it stands in it when it is by the actor and of the
 * actor's origin, else as it is fetched from its own id (federation rules 53 to 57). Undefined when the actor did not
 * write it, or it cannot be had.
 */
export async function authenticObject(
  ctx: Ctx,
  incoming: Incoming,
  value: unknown,
): Promise<Json | undefined> {
  const id = idOf(value)
  const actorUri = accountUri(incoming.actor)
  if (!id) return undefined
  const isInline =
    !incoming.isForwarded && isJson(value) && sameOrigin(id, actorUri) && authorOf(value) === actorUri
  const object = isInline ? value : await fetchObject(ctx, id)
  return object && authorOf(object) === actorUri ? object : undefined
}
