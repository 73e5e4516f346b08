import { Forbidden } from '#platform/errors'
import type { Id } from '#platform/ids'

export type Role = 'owner' | 'admin' | 'moderator' | 'user'

/** Who acts. */
export type Actor =
  /** A member with a log-in here. `tokenId` is set when an app acts for them. */
  | { kind: 'person'; accountId: Id; userId: Id; role: Role; locale?: string; appId?: Id; tokenId?: Id }
  /** Somebody on another server. */
  | { kind: 'stranger'; accountId: Id }
  /** Somebody nobody knows; `appId` when an app asks in its own name. */
  | { kind: 'visitor'; appId?: Id }
  /** Whoever has the command line. */
  | { kind: 'operator' }
  /** The instance itself. */
  | { kind: 'kith' }

/** The account that acts, or undefined for visitors, operators and the instance itself. */
export const accountIdOf = (actor: Actor): Id | undefined =>
  'accountId' in actor ? actor.accountId : undefined

/** The account that acts, for what only somebody with an account can do. Throws Forbidden for all others. */
export function actingId({ actor }: { actor: Actor }): Id {
  const id = accountIdOf(actor)
  if (!id) throw new Forbidden()
  return id
}

/** The member who acts, for what belongs to a log-in here. Throws Forbidden for all others. */
export function actingPerson({ actor }: { actor: Actor }): Actor & { kind: 'person' } {
  if (actor.kind !== 'person') throw new Forbidden()
  return actor
}

const runners: ReadonlySet<Role> = new Set(['owner', 'admin'])

/** Throws Forbidden for anybody but who runs this instance: whoever has the command line, its owner and its admins. */
export function assertRunsInstance({ actor }: { actor: Actor }): void {
  const isRunner = actor.kind === 'person' && runners.has(actor.role)
  if (actor.kind !== 'operator' && !isRunner) throw new Forbidden()
}
