import type { Account } from '#core/accounts/account.model'
import { accountUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { loadFolder } from '#platform/load-folder'
import { idOf, type Json, typesOf } from './properties.ts'

/** An activity that was taken in: its sender is proven, its id is on the sender's origin. */
export type Incoming = {
  json: Json
  /** Its ActivityPub id; undefined for servers that send none (federation rule 41). */
  id: string | undefined
  actor: Account
  /** Somebody else passed it on without proof: nothing in it is believed but ids (federation rule 22). */
  isForwarded: boolean
  /** A relay that took this instance in passed it on: it may be here though it concerns nobody in particular. */
  isRelayed: boolean
}

/** The id of an activity; of one that has none a name made of what it is deduplicated by (federation rule 41). */
export const nameFor = ({ json, id, actor }: Incoming): string =>
  id ?? `${accountUri(actor)}#${typesOf(json).join('-')}-${encodeURIComponent(idOf(json.object) ?? '')}`

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
