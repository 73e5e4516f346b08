import type { FindAsker, ServedDocument } from './documents.ts'
import type { Json } from './properties.ts'

/** What a server needs to know of an actor to check a signature, and to answer. */
const stub = new Set(['@context', 'id', 'type', 'preferredUsername', 'inbox', 'endpoints', 'publicKey'])

const actor = /^\/(users\/\d+|@\w+)$/

const unsigned: ServedDocument = {
  status: 401,
  body: { error: 'This is for whoever signs' },
  isPublic: false,
}

/**
 * Serves to those who sign alone (federation rule 196); to others no more than the key and inbox of an actor, without which
 * our own signatures could not be checked, or that the actor is gone. The instance's own actor is for everybody (rule 29).
 */
export async function serveSigned(
  path: string,
  findAsker: FindAsker,
  serve: () => Promise<ServedDocument | undefined>,
): Promise<ServedDocument | undefined> {
  if (path === '/actor') return serve()
  if (await findAsker()) return closed(await serve())
  if (!actor.test(path)) return unsigned
  const found = await serve()
  return closed(found?.status === 200 ? { ...found, body: stubOf(found.body) } : found)
}

const stubOf = (body: Json): Json =>
  Object.fromEntries(Object.entries(body).filter(([name]) => stub.has(name)))

// What one is shown depends on who asks: no cache may keep it for others (rule 156).
const closed = (found: ServedDocument | undefined): ServedDocument | undefined =>
  found && { ...found, isPublic: false }
