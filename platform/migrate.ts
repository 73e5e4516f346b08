import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { QueryInterface } from 'sequelize'
import { SequelizeStorage, Umzug } from 'umzug'
import { db } from './db.ts'
import { log } from './log.ts'

type Migration = { up(db: QueryInterface): Promise<unknown>; down(db: QueryInterface): Promise<unknown> }

const umzug = new Umzug({
  migrations: {
    glob: ['migrations/*.ts', { cwd: new URL('..', import.meta.url).pathname }],
    // Names are kept without their ending, so that a compiled copy would not run everything again.
    resolve: ({ name, path, context }) => {
      const load = async (): Promise<Migration> => import(pathToFileURL(path ?? '').href)
      return {
        name: basename(name, '.ts'),
        up: async () => (await load()).up(context),
        down: async () => (await load()).down(context),
      }
    },
  },
  context: db.getQueryInterface(),
  storage: new SequelizeStorage({ sequelize: db, tableName: 'migrations' }),
  logger: undefined,
})

/** Brings the schema to the newest state and gives the names of what was run. One process at a time: the others wait. */
export const migrate = (): Promise<string[]> =>
  db.transaction(async (transaction) => {
    await db.query('SELECT pg_advisory_xact_lock(7311)', { transaction })
    const done = await umzug.up()
    if (done.length > 0) log.info({ migrations: done.length }, 'the database was migrated')
    return done.map(({ name }) => name)
  })

/** Takes the schema back to nothing. Loses every row. */
export const unmigrate = async (): Promise<string[]> => (await umzug.down({ to: 0 })).map(({ name }) => name)

/** The names of migrations that have not run yet. */
export const pendingMigrations = async (): Promise<string[]> =>
  (await umzug.pending()).map(({ name }) => name)
