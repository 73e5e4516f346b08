import { Client } from 'pg'

type Query = { text: string; values?: unknown[] }
type Node = { [key: string]: unknown; Plans?: Node[] }

/** How PostgreSQL runs a statement: its plan without knowing the values, and how many rows it read for nothing. */
export type Run = { sql: string; plan: string; wasted: number }

const isQuery = (value: unknown): value is Query =>
  typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string'

/**
 * Runs `work`, and each of its prepared statements once more to see how PostgreSQL does it; that second run leaves nothing
 * behind. Nothing else may run beside it.
 */
export const runsOf = async (work: () => Promise<unknown>): Promise<Run[]> =>
  explain(await statementsOf(work))

/** Runs `work` and gives each of its prepared statements once, with the values it had last. Nothing else may run beside it. */
export async function statementsOf(
  work: () => Promise<unknown>,
): Promise<[sql: string, values: unknown[]][]> {
  const { query } = Client.prototype
  const seen = new Map<string, unknown[]>()
  const spied = function (this: Client, ...args: unknown[]) {
    if (isQuery(args[0])) seen.set(args[0].text, args[0].values ?? [])
    return (query as (...args: unknown[]) => unknown).apply(this, args)
  }
  Client.prototype.query = spied as never
  try {
    await work()
  } finally {
    Client.prototype.query = query
  }
  return [...seen].filter(([sql]) => /^\s*(\(|SELECT|WITH|INSERT|UPDATE|DELETE)/i.test(sql))
}

async function explain(statements: [string, unknown[]][]): Promise<Run[]> {
  const client = new Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  try {
    const runs = []
    for (const [sql, values] of statements) {
      const plan = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (GENERIC_PLAN) ${sql}`)
      await client.query('BEGIN')
      const run = await client.query<{ 'QUERY PLAN': { Plan: Node }[] }>(
        `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
        values,
      )
      await client.query('ROLLBACK')
      const wasted = wastedIn(run.rows[0]!['QUERY PLAN'][0]!.Plan)
      runs.push({ sql, plan: plan.rows.map((row) => row['QUERY PLAN']).join('\n'), wasted })
    }
    return runs
  } finally {
    await client.end()
  }
}

/** The most rows that one step of a plan read and threw away. */
const wastedIn = (node: Node): number =>
  Math.max(
    (Number(node['Rows Removed by Filter'] ?? 0) + Number(node['Rows Removed by Join Filter'] ?? 0)) *
      Number(node['Actual Loops'] ?? 1),
    ...(node.Plans ?? []).map(wastedIn),
  )
