import { Client } from 'pg'

type Query = { text: string; values?: unknown[] }

const isQuery = (value: unknown): value is Query =>
  typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string'

/**
 * Runs `work` and gives how PostgreSQL planned each of its prepared statements, without knowing their values, as it does
 * for statements that run often. Nothing else may run beside it.
 */
export async function plansOf(work: () => Promise<unknown>): Promise<{ sql: string; plan: string }[]> {
  const { query } = Client.prototype
  const seen = new Set<string>()
  const spied = function (this: Client, ...args: unknown[]) {
    if (isQuery(args[0])) seen.add(args[0].text)
    return (query as (...args: unknown[]) => unknown).apply(this, args)
  }
  Client.prototype.query = spied as never
  try {
    await work()
  } finally {
    Client.prototype.query = query
  }
  return explain([...seen].filter((sql) => /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)/i.test(sql)))
}

async function explain(statements: string[]): Promise<{ sql: string; plan: string }[]> {
  const client = new Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  try {
    const plans = []
    for (const sql of statements) {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (GENERIC_PLAN) ${sql}`)
      plans.push({ sql, plan: rows.map((row) => row['QUERY PLAN']).join('\n') })
    }
    return plans
  } finally {
    await client.end()
  }
}
