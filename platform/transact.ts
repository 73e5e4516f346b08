import { setTimeout as sleep } from 'node:timers/promises'
import type { Transaction } from 'sequelize'
import { db } from './db.ts'
import { codeOf } from './errors.ts'

/** Deadlock and serialisation failure: nothing was written, the same work may succeed now. */
const passing = new Set(['40P01', '40001'])
const TRIES = 5

/**
 * Runs `work` in a transaction and gives its result. Joins the transaction of `ctx` when one is open; else opens
 * one, and runs the work again, up to five times, when PostgreSQL had to break a deadlock.
 */
export async function transact<C extends { tx?: Transaction | undefined }, T>(
  ctx: C,
  work: (ctx: C & { tx: Transaction }) => Promise<T>,
): Promise<T> {
  if (ctx.tx) return work(ctx as C & { tx: Transaction })
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction((tx) => work({ ...ctx, tx }))
    } catch (error) {
      if (attempt === TRIES || !passing.has(codeOf(error) ?? '')) throw error
      await sleep(Math.random() * 20 * 2 ** attempt)
    }
  }
}
