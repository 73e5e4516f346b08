import { Client } from 'pg'

type TestRun = { folder: string; database: string; redis: string[]; run: number }

/** What `global-setup` has started. */
export const testRun = (): TestRun => JSON.parse(process.env.KITH_TEST ?? '{}') as TestRun

const named = (database: string): string => {
  const url = new URL(testRun().database)
  url.pathname = `/${database}`
  return url.href
}
const prefix = (): string => `kith_test_${testRun().run}_`
const template = (): string => `${prefix()}template`

async function administer<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: named('postgres') })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Makes the empty database that is to be migrated, and gives its address. */
export async function templateUrl(): Promise<string> {
  await administer((client) => client.query(`CREATE DATABASE ${template()} TEMPLATE template0`))
  return named(template())
}

/** Makes a database of its own for a worker (any word), as new as after all migrations, and gives its address. */
export async function makeDatabase(worker: string): Promise<string> {
  const name = `${prefix()}${worker}`
  await administer(async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    const { rows } = await client.query<{ isNew: boolean }>(
      `SELECT current_setting('server_version_num')::int >= 150000 AS "isNew"`,
    )
    await client.query(
      `CREATE DATABASE ${name} TEMPLATE ${template()} ${rows[0]?.isNew ? 'STRATEGY FILE_COPY' : ''}`,
    )
  })
  return named(name)
}

/** Drops every database of this run. */
export async function dropDatabases(): Promise<void> {
  await administer(async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [prefix()],
    )
    for (const { datname } of rows) await client.query(`DROP DATABASE ${datname} WITH (FORCE)`)
  })
}
