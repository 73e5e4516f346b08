import { rows } from '#platform/db'
import { idOf, type Json, textOf, typesOf } from './properties.ts'

const LONGEST = 2048

/**
 * By what it is known that an activity came before: its id, else who does what to whom (federation rules 41, 42). What
 * others pass on leaves a mark of its own: else anybody could keep the activity itself from being taken.
 */
export function markOf(activity: Json, forwarderUri?: string): string {
  const named =
    textOf(activity.id) ?? `${idOf(activity.actor)} ${typesOf(activity).join()} ${idOf(activity.object)}`
  return (forwarderUri ? `${forwarderUri} forwards ${named}` : named).slice(0, LONGEST)
}

/** Forgets that an activity came, as nothing was done with it: in order, or when it is welcome, it is taken. */
export async function forgetMark(activity: Json, forwarderUri?: string): Promise<void> {
  await rows({}, 'DELETE FROM received_activities WHERE uri = $1', [markOf(activity, forwarderUri)])
}
