import { Client } from 'pg'
import { stores } from '#config/stores'

type Node = { [key: string]: unknown; Plans?: Node[] }

/**
 * How PostgreSQL ran a statement, with the plan that Kith's connections use: rows read in all, the most that one step read
 * for nothing, milliseconds, the tables that were read from end to end, and the plan as text.
 */
export type Run = { sql: string; read: number; wasted: number; ms: number; scans: string[]; plan: string }

const number = (node: Node, name: string): number => Number(node[name] ?? 0)
const times = (node: Node): number => Math.max(1, number(node, 'Actual Loops'))

const isScan = (node: Node): boolean => 'Relation Name' in node || 'Index Name' in node

const removed = (node: Node): number =>
  (number(node, 'Rows Removed by Filter') +
    number(node, 'Rows Removed by Join Filter') +
    number(node, 'Rows Removed by Index Recheck')) *
  times(node)

const everyNode = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(everyNode)]

const shortly = (node: Node, depth = 0): string =>
  [
    `${'  '.repeat(depth)}${node['Node Type']} ${node['Relation Name'] ?? ''} ${node['Index Name'] ?? ''} ` +
      `${number(node, 'Actual Rows')} rows × ${times(node)}, ${removed(node)} for nothing`,
    ...(node.Plans ?? []).map((each) => shortly(each, depth + 1)),
  ].join('\n')

/** Runs a statement once more, without leaving anything behind, and says how it was done. */
export async function explain(client: Client, sql: string, values: readonly unknown[]): Promise<Run> {
  // PostgreSQL itself writes the values down: what is prepared by name takes no parameters.
  const literals = values.map((_, at) => `quote_nullable($${at + 1}::text) AS v${at}`).join(', ')
  const [spelt = {}] =
    values.length > 0
      ? (await client.query<Record<string, string>>(`SELECT ${literals}`, [...values])).rows
      : []
  const given = values.length > 0 ? `(${Object.values(spelt).join(', ')})` : ''
  await client.query('BEGIN')
  try {
    await client.query(`PREPARE asked AS ${sql}`)
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Node; 'Execution Time': number }] }>(
      `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) EXECUTE asked${given}`,
    )
    const [{ Plan: plan, 'Execution Time': ms }] = rows[0]!['QUERY PLAN']
    return { sql, ms, plan: shortly(plan), ...summary(everyNode(plan)) }
  } finally {
    await client.query('ROLLBACK')
    await client.query('DEALLOCATE ALL')
  }
}

const summary = (nodes: Node[]): Pick<Run, 'read' | 'wasted' | 'scans'> => ({
  read: nodes
    .filter(isScan)
    .reduce((sum, node) => sum + number(node, 'Actual Rows') * times(node) + removed(node), 0),
  wasted: Math.max(...nodes.map(removed)),
  scans: nodes
    .filter((node) => node['Node Type'] === 'Seq Scan')
    .map((node) => String(node['Relation Name'])),
})

/** A connection that plans as those of Kith do: without a look at the values. */
export async function openExplainer(): Promise<Client> {
  const client = new Client({ connectionString: stores.database })
  await client.connect()
  await client.query('SET plan_cache_mode = force_generic_plan')
  return client
}

/** The tables with more than so many rows. */
export async function largeTables(client: Client, most: number): Promise<Set<string>> {
  const { rows } = await client.query<{ relname: string }>(
    `SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > $1`,
    [most],
  )
  return new Set(rows.map(({ relname }) => relname))
}
