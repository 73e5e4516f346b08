import type { Actor } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { keptSettings } from '../instances/kept-settings.ts'
import type { Settings, Shown } from '../instances/read-settings.ts'
import { Invalid } from '#platform/errors'
import type { Narrowing } from './timeline.queries.ts'

/** The timelines of everybody's posts: the public one, and those of hashtags. */
export type OpenFeed = 'live' | 'tags'

type Decided = Pick<Settings, 'localFeeds' | 'remoteFeeds' | 'localTagFeeds' | 'remoteTagFeeds'>

const staff = new Set(['owner', 'admin', 'moderator'])

const reads = (actor: Actor, shown: Shown): boolean =>
  shown === 'all' || (actor.kind === 'person' && (shown === 'users' || staff.has(actor.role)))

/**
 * Which part of what is asked for the actor may read, as the admins decided (TL-15): posts from here, from elsewhere, or
 * all; undefined for nothing.
 */
export function readablePart(
  actor: Actor,
  decided: Decided,
  { feed, narrowing }: { feed: OpenFeed; narrowing: Narrowing },
): Narrowing | undefined {
  const { local: mayLocal, remote: mayRemote } = mayRead(actor, decided, feed)
  const isBoth = Boolean(narrowing.local) === Boolean(narrowing.remote)
  const local = mayLocal && (isBoth || narrowing.local === true)
  const remote = mayRemote && (isBoth || narrowing.remote === true)
  return local || remote ? { ...narrowing, local: local && !remote, remote: remote && !local } : undefined
}

const mayRead = (actor: Actor, decided: Decided, feed: OpenFeed) => ({
  local: reads(actor, feed === 'live' ? decided.localFeeds : decided.localTagFeeds),
  remote: reads(actor, feed === 'live' ? decided.remoteFeeds : decided.remoteTagFeeds),
})

/** The same as the settings are now. Throws Invalid for a visitor who would have to be a member for all that was asked. */
export async function assertReadable(
  { actor }: Ctx,
  feed: OpenFeed,
  narrowing: Narrowing,
): Promise<Narrowing | undefined> {
  const part = readablePart(actor, await keptSettings(), { feed, narrowing })
  const isWhole =
    part &&
    Boolean(part.local) === onlyOne(narrowing, 'local') &&
    Boolean(part.remote) === onlyOne(narrowing, 'remote')
  if (actor.kind === 'visitor' && !isWhole) throw new Invalid('This method requires an authenticated user')
  return part
}

const onlyOne = ({ local, remote }: Narrowing, which: 'local' | 'remote'): boolean =>
  which === 'local' ? Boolean(local) && !remote : Boolean(remote) && !local
