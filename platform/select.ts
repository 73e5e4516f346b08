import type { Model, ModelStatic, Transaction } from 'sequelize'
import { row, rows } from './db.ts'

/**
 * The first row of a model that fits a condition in SQL, as that model; null when there is none. `values` fill $1, $2, …:
 * Sequelize itself writes values into the text of what it selects, and what comes from elsewhere must not stand there
 * (CVE-2026-73211). With `lock` nobody else changes the row until the transaction ends.
 */
export async function select<M extends Model>(
  ctx: { tx?: Transaction | undefined },
  model: ModelStatic<M>,
  condition: string,
  values: readonly unknown[],
  { lock = false } = {},
): Promise<M | null> {
  const sql = `SELECT * FROM ${String(model.getTableName())} WHERE ${condition} LIMIT 1${lock ? ' FOR UPDATE' : ''}`
  const found = await row<Row>(ctx, sql, values)
  return found ? built(model, found) : null
}

/** All rows of a model that fit a condition in SQL, in no order. */
export const selectAll = async <M extends Model>(
  ctx: { tx?: Transaction | undefined },
  model: ModelStatic<M>,
  condition: string,
  values: readonly unknown[],
): Promise<M[]> => {
  const found = await rows<Row>(
    ctx,
    `SELECT * FROM ${String(model.getTableName())} WHERE ${condition}`,
    values,
  )
  return found.map((each) => built(model, each))
}

type Row = Record<string, unknown>

function built<M extends Model>(model: ModelStatic<M>, row: Row): M {
  const columns = Object.entries(model.getAttributes()).map(([name, { field }]) => [name, row[field ?? name]])
  return model.build(Object.fromEntries(columns) as never, { isNewRecord: false, raw: true })
}
