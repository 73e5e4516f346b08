import { isJson, type Json, textOf } from './properties.ts'

/** What an activity is called where people read it: its type, and what it undoes or updates: `Undo Follow`, `Update Person`. */
export function nameOf(activity: Json): string {
  const type = textOf(activity.type) ?? 'Activity'
  const inner = isJson(activity.object) ? textOf(activity.object.type) : undefined
  return inner && ['Undo', 'Update'].includes(type) ? `${type} ${inner}` : type
}

const lasting =
  /^(Accept|Delete|Block|Move|Reject|Remove|Undo( \w+)?|Update (Person|Service|Group|Organization|Application))$/

/** Must a server that was away for long learn of it when it is back (R-045, federation rule 177)? All else is old news by then. */
export const isLasting = (name: string | null): boolean => name !== null && lasting.test(name)
