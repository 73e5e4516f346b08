import type { Transaction } from 'sequelize'
import { rows } from './db.ts'
import { log } from './log.ts'

/**
 * Owed work: what Kith has promised and not yet done, as rows (architecture 11). A row is written in the
 * transaction of its cause, claimed under a lease, and gone when it is done.
 */
export type Owed = {
  /** Who handles it: `fact`, `inbox`, `delivery`, `mail`, `medium`, … */
  kind: string
  payload: object
  /** At most one open row of a kind has this key; a second is not written. */
  key?: string
  /** Rows of a kind with the same lane run one at a time, in the order they were written. */
  lane?: string
  /** When it is due; now when absent. */
  dueAt?: Date
}

export type OwedRow = {
  id: string
  kind: string
  payload: object
  attempts: number
  lease: string
  lane: string | null
  createdAt: Date
}

type Ring = (rows: { id: string; kind: string }[]) => void
let ring: Ring = () => {}

/** Sets what is called after a commit that owes work: the doorbell. Without one, the sweep finds the rows. */
export const onOwed = (listener: Ring): void => {
  ring = listener
}

/** Owes one piece of work. */
export const oweOne = (ctx: { tx: Transaction }, work: Owed): Promise<void> => owe(ctx, [work])

/** Owes many pieces of work in one statement. Those whose key is taken already are left out. */
export async function owe(ctx: { tx: Transaction }, work: readonly Owed[]): Promise<void> {
  if (work.length === 0) return
  const written = await rows<{ id: string; kind: string; due: boolean }>(
    ctx,
    `INSERT INTO owed_work (kind, payload, key, lane, due_at)
     SELECT kind, payload, key, lane, coalesce(due_at, now())
     FROM jsonb_to_recordset($1::jsonb) AS w (kind text, payload jsonb, key text, lane text, due_at timestamptz)
     ON CONFLICT (kind, key) WHERE key IS NOT NULL DO NOTHING
     RETURNING id, kind, due_at <= now() AS due`,
    [JSON.stringify(work.map(({ dueAt, ...rest }) => ({ ...rest, due_at: dueAt })))],
  )
  const due = written.filter((each) => each.due)
  if (due.length > 0) ctx.tx.afterCommit(() => ringSafely(due))
}

// A doorbell that fails must not fail what was committed: the sweep will find the rows.
function ringSafely(due: { id: string; kind: string }[]): void {
  try {
    ring(due)
  } catch (error) {
    log.debug({ error: Error.isError(error) ? error.message : String(error) }, 'the doorbell did not ring')
  }
}
