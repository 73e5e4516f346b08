import { rows } from './db.ts'
import { Conflict, NotFound } from './errors.ts'

/** Owed work that failed for good: why, how often it was tried, and when it failed for the first and the last time. */
export type DeadLetter = {
  id: string
  kind: string
  reason: string
  attempts: number
  firstFailedAt: Date
  lastFailedAt: Date
  payload: object
}

/** Which dead letters: one, those of a kind, or all. */
export type Choice = { id: string } | { kind: string } | { all: true }

const shown = `id, kind, last_error AS reason, attempts, first_failed_at AS "firstFailedAt",
  last_failed_at AS "lastFailedAt", payload`

/** The dead letters, newest first, up to `limit`; of one kind when it is given. */
export const deadLetters = (kind?: string, limit = 1000): Promise<DeadLetter[]> =>
  rows<DeadLetter>(
    {},
    `SELECT ${shown} FROM owed_work WHERE dead_at IS NOT NULL AND ($1::text IS NULL OR kind = $1)
     ORDER BY dead_at DESC, id DESC LIMIT $2`,
    [kind ?? null, limit],
  )

/**
 * Owes dead letters anew, as if they had never been tried; workers find them within a second. Gives how many.
 * Throws NotFound when the one that is named is not dead.
 */
export async function reviveDead(choice: Choice): Promise<number> {
  const revived = await rows(
    {},
    `UPDATE owed_work SET dead_at = NULL, due_at = now(), created_at = now(), attempts = 0, crashes = 0, leased_until = NULL,
       last_error = NULL, first_failed_at = NULL, last_failed_at = NULL
     WHERE dead_at IS NOT NULL AND ($1::bigint IS NULL OR id = $1) AND ($2::text IS NULL OR kind = $2) RETURNING id`,
    ['id' in choice ? choice.id : null, 'kind' in choice ? choice.kind : null],
  )
  if ('id' in choice && revived.length === 0) throw new NotFound(`There is no dead letter ${choice.id}.`)
  return revived.length
}

/**
 * Takes one piece of owed work away undone, dead or waiting, and gives what it was; with `isTrial` it stays. Throws
 * NotFound when there is none of this id, Conflict while a worker holds it.
 */
export async function dropOwed(
  id: string,
  { isTrial = false } = {},
): Promise<{ kind: string; payload: object }> {
  const [found] = await rows<{ kind: string; payload: object; isHeld: boolean }>(
    {},
    `SELECT kind, payload, coalesce(leased_until > now(), false) AS "isHeld" FROM owed_work WHERE id = $1`,
    [id],
  )
  if (!found) throw new NotFound(`No work is owed under the id ${id}.`)
  const held = new Conflict(`A worker is doing ${id} at this moment; try again later.`)
  if (found.isHeld) throw held
  if (!isTrial) {
    const gone = await rows(
      {},
      'DELETE FROM owed_work WHERE id = $1 AND (leased_until IS NULL OR leased_until <= now()) RETURNING id',
      [id],
    )
    if (gone.length === 0) throw held
  }
  return { kind: found.kind, payload: found.payload }
}
