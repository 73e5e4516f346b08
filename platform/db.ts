import { createHash } from 'node:crypto'
import { Sequelize, type Transaction } from 'sequelize'
import { types, type PoolClient } from 'pg'
import { stores } from '#config/stores'
import { assertWhere } from './assert-where.ts'
import { databaseOptions } from './database-url.ts'

/** Ids and counts above 2^53 stay strings; a count that is known to be small is cast in SQL. */
types.setTypeParser(types.builtins.NUMERIC, Number)

/** The one pool of connections to PostgreSQL. */
export const db = new Sequelize({
  ...databaseOptions(stores.database),
  dialect: 'postgres',
  logging: false,
  define: { underscored: true, timestamps: false },
  pool: { max: stores.databasePool, min: 0, idle: 10_000, acquire: 15_000 },
})

assertWhere(db)

type Connections = {
  getConnection(options?: object): Promise<PoolClient>
  releaseConnection(client: PoolClient): void
}
// Sequelize has no public door to its pool; hot reads need prepared statements, which it does not offer.
const connections = db.connectionManager as unknown as Connections

const names = new Map<string, string>()
const nameOf = (sql: string): string => {
  let name = names.get(sql)
  if (!name) names.set(sql, (name = createHash('md5').update(sql).digest('hex')))
  return name
}

/**
 * Runs one SQL statement as a prepared statement and gives its rows, as PostgreSQL spells the columns: BIGINT as
 * string, TIMESTAMPTZ as Date. Takes part in `ctx.tx` when there is one. `values` fill $1, $2, …
 *
 * The text must not hold values, or every call would leave a prepared statement behind.
 */
export async function rows<T extends object>(
  ctx: { tx?: Transaction | undefined },
  sql: string,
  values: readonly unknown[] = [],
): Promise<T[]> {
  const query = { name: nameOf(sql), text: sql, values: [...values] }
  if (ctx.tx) return (await connectionOf(ctx.tx).query<T>(query)).rows
  const client = await connections.getConnection()
  try {
    return (await client.query<T>(query)).rows
  } finally {
    connections.releaseConnection(client)
  }
}

/** As `rows`, for a statement that gives one row or none. */
export async function row<T extends object>(
  ctx: { tx?: Transaction | undefined },
  sql: string,
  values: readonly unknown[] = [],
): Promise<T | undefined> {
  return (await rows<T>(ctx, sql, values))[0]
}

const connectionOf = (tx: Transaction): PoolClient => (tx as unknown as { connection: PoolClient }).connection

/** Ends every connection. */
export const closeDatabase = (): Promise<void> => db.close()

type Pool = { size: number; available: number; using: number; waiting: number }

/** How many connections there are, idle and in use, and how many queries wait for one. */
export function poolUse(): { idle: number; used: number; waiting: number } {
  const { available, using, waiting } = (db.connectionManager as unknown as { pool: Pool }).pool
  return { idle: available, used: using, waiting }
}
