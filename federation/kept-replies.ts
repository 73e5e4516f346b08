import { instance } from '#config/instance'
import { rows } from '#platform/db'
import { gather } from '#platform/gather'
import { type Id, isId } from '#platform/ids'
import { lru } from '#platform/lru'
import type { Reply } from './reply.ts'

const kept = lru<{ mark: string; reply: Reply }>(5_000, 3600)

/**
 * A reply about a member as it was made before, as long as nothing of what it was made of has changed; else made now by
 * `make`, and kept when it is for everybody. `mark` tells of any such change; without one nothing is kept.
 */
async function keptReply<R extends Reply | undefined>(
  name: string,
  mark: string | undefined,
  make: () => Promise<R>,
): Promise<R | Reply> {
  const known = kept.get(name)
  if (known && known.mark === mark) return known.reply
  const reply = await make()
  if (mark && reply?.status === 200 && reply.headers['Cache-Control']?.startsWith('public'))
    kept.set(name, { mark, reply })
  return reply
}

// xmin is the transaction that wrote a row as it is now: it changes with every change, whoever makes it. Of what a move leads
// to only the address is told, which stays.
const marks = `
  SELECT a.id, lower(a.username) AS username, concat_ws('|', a.id, a.xmin, k.xmin, avatar.xmin, header.xmin) AS mark
  FROM accounts AS a LEFT JOIN account_keys AS k ON k.account_id = a.id
    LEFT JOIN media AS avatar ON avatar.id = a.avatar_id LEFT JOIN media AS header ON header.id = a.header_id
  WHERE a.domain IS NULL`

type Mark = { id: Id; username: string; mark: string }

const markOf = gather<Id, string>(0, async (ids) => {
  const found = await rows<Mark>({}, `${marks} AND a.id = ANY ($1::bigint[])`, [[...new Set(ids)]])
  return new Map(found.map(({ id, mark }) => [id, mark]))
})

const markOfName = gather<string, string>(0, async (usernames) => {
  const found = await rows<Mark>({}, `${marks} AND lower(a.username) = ANY ($1)`, [[...new Set(usernames)]])
  return new Map(found.map(({ username, mark }) => [username, mark]))
})

const actorPath = /^\/users\/(\d+)$/

/** The reply of an actor document at its address; of other addresses none is kept. */
export async function keptActor<R extends Reply | undefined>(
  path: string,
  make: () => Promise<R>,
): Promise<R | Reply> {
  const id = actorPath.exec(path)?.[1]
  return isId(id) ? keptReply(path, await markOf(id), make) : make()
}

const handle = /^acct:(\w{1,100})@([^@]+)$/

/** The reply about a handle; of what else WebFinger is asked none is kept. */
export async function keptWebFinger(resource: string, make: () => Promise<Reply>): Promise<Reply> {
  const [, username = '', domain] = handle.exec(resource) ?? []
  return domain === instance.domain
    ? keptReply(resource, await markOfName(username.toLowerCase()), make)
    : make()
}
