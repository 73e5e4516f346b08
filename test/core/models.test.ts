import { globSync } from 'node:fs'
import { db } from '#platform/db'

const root = new URL('../..', import.meta.url).pathname

type Column = { allowNull: boolean; primaryKey: boolean }
const sorted = (columns: Record<string, Column>) =>
  Object.fromEntries(Object.entries(columns).sort(([a], [b]) => a.localeCompare(b)))

beforeAll(async () => {
  await Promise.all(globSync('core/**/*.model.ts', { cwd: root }).map((file) => import(root + file)))
})

test('every model says of its columns what the migrated schema says', async () => {
  expect(Object.keys(db.models).length).toBeGreaterThan(20)
  for (const model of Object.values(db.models)) {
    const table = (await db.getQueryInterface().describeTable(model.getTableName())) as unknown as Record<
      string,
      Column
    >
    const actual = Object.entries(table).map(([name, { allowNull }]) => [name, { allowNull }])
    const stated = Object.values(model.getAttributes()).map(({ field, allowNull, primaryKey }) => [
      field,
      { allowNull: primaryKey ? false : (allowNull ?? true) },
    ])
    expect({ model: model.name, columns: sorted(Object.fromEntries(stated)) }).toEqual({
      model: model.name,
      columns: sorted(Object.fromEntries(actual)),
    })
  }
})

test('every foreign key and every table has an index that starts with its column', async () => {
  const [bare] = await db.query(`
    SELECT c.conrelid::regclass::text AS "table", a.attname AS "column"
    FROM pg_constraint AS c JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND NOT EXISTS (
      SELECT 1 FROM pg_index AS i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1])
    ORDER BY 1, 2`)
  expect(bare).toEqual([])
})
