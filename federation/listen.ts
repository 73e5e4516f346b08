import type { Account } from '#core/accounts/account.model'
import type { Ctx } from '#core/ctx'
import { loadFolder } from '#platform/load-folder'
import type { Json } from './properties.ts'

/** An activity that was taken in: its sender is proven, its id is on the sender's origin. */
export type Incoming = {
  json: Json
  /** Its ActivityPub id; undefined for servers that send none (federation rule 41). */
  id: string | undefined
  actor: Account
  /** Somebody else passed it on without proof: nothing in it is believed but ids (federation rule 22). */
  isForwarded: boolean
}

export type Listener = { types: readonly string[]; run(ctx: Ctx, incoming: Incoming): Promise<void> }

const mark = Symbol('listener')

/** States what is done with an activity of these types: `export default listen(['Like'], async (ctx, like) => …)`. */
export const listen = (types: readonly string[], run: Listener['run']): Listener =>
  Object.assign({ types, run }, { [mark]: true })

const isListener = (value: unknown): value is Listener =>
  typeof value === 'object' && value !== null && mark in value

/** Reads `federation/inbox/` and gives the listener of each type. */
export async function collectListeners(): Promise<Map<string, Listener>> {
  const found = await loadFolder(new URL('inbox/', import.meta.url), isListener)
  return new Map(found.flatMap(({ value }) => value.types.map((type) => [type, value] as const)))
}
