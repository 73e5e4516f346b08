import type { Transaction } from 'sequelize'
import type { Actor } from './actor.ts'
import type { Remote } from './remote.ts'

/** Who acts, in which transaction, and how accounts and posts elsewhere are found. Doors make it, use-cases pass it on. */
export type Ctx = { actor: Actor; remote: Remote; tx?: Transaction | undefined }

/** A context inside a transaction: what `transact` gives. */
export type TxCtx = Ctx & { tx: Transaction }
