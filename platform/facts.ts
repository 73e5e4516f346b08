import type { Transaction } from 'sequelize'
import { oweOne } from './owed-work.ts'

/**
 * What has happened. Each room widens this interface with its own facts, named `noun.pastParticiple`; they carry
 * ids only (a deletion also carries the address it had).
 */
export interface Facts {
  'instance.started': { origin: string }
}

export type FactName = keyof Facts

/** One stated fact, as its consequences get it. */
export type Fact<N extends FactName = FactName> = { name: N; payload: Facts[N] }

const heeded = new Set<FactName>()

/**
 * Says which facts have consequences; the others cost no row. Called at start, by whoever collects them. Before that, and
 * with no names, all are written.
 */
export const heedFacts = (names: Iterable<FactName>): void => {
  heeded.clear()
  for (const name of names) heeded.add(name)
}

/**
 * States a fact in the transaction that made it true: it comes true for everybody, or for nobody. Without a
 * transaction this does not compile. What follows may be put off until `dueAt`; of those with one `key`, one is enough,
 * and what follows from those in one `lane` follows in their order.
 */
export async function emit<N extends FactName>(
  ctx: { tx: Transaction },
  name: N,
  payload: Facts[N],
  when: { dueAt?: Date; key?: string; lane?: string } = {},
): Promise<void> {
  if (heeded.size === 0 || heeded.has(name))
    await oweOne(ctx, { kind: 'fact', payload: { name, payload }, ...when })
}
