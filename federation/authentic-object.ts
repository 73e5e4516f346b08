import type { Ctx } from '#core/ctx'
import { accountUri } from '#core/addresses'
import type { Incoming } from './listen.ts'
import { fetchObject } from './fetch-object.ts'
import { authorOf } from './objects/read-people.ts'
import { idOf, isJson, type Json, sameOrigin, typeOf, typesOf } from './properties.ts'

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

/**
 * An activity as its actor says it: as it came when it came from them, else as their own server gives it under its id
 * (federation rule 22, wire 9). Undefined when that says something else, or nothing.
 */
export async function authenticActivity(ctx: Ctx, incoming: Incoming): Promise<Incoming | undefined> {
  if (!incoming.isForwarded) return incoming
  const { json, id, actor } = incoming
  const found = id && sameOrigin(id, accountUri(actor)) ? await fetchObject(ctx, id) : undefined
  const isSame =
    found &&
    typeOf(found, typesOf(json)) !== undefined &&
    idOf(found.actor) === accountUri(actor) &&
    idOf(found.object) === idOf(json.object)
  return isSame ? { ...incoming, json: found } : undefined
}
