import { startTestServices } from './test-services.mjs'

/** Every table, column, index and constraint, in words. */
const shape = `
SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') AS fact
  FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace
ORDER BY 1`

const services = await startTestServices(1)
process.env.DATABASE_URL = services.database
process.env.REDIS_URL = services.redis[0]
process.env.KITH_LOG = 'error'
const { migrate, unmigrate } = await import('../../platform/migrate.ts')
const { closeDatabase, rows } = await import('../../platform/db.ts')
const facts = async () => (await rows({}, shape)).map(({ fact }) => fact)
const differ = (one, other) => one.filter((fact) => !other.includes(fact))

try {
  const up = await migrate()
  const before = await facts()
  await unmigrate()
  const left = (await facts()).filter((fact) => !/\bmigrations\b/.test(fact))
  await migrate()
  const after = await facts()
  const changed = [
    ...differ(before, after).map((fact) => `- ${fact}`),
    ...differ(after, before).map((fact) => `+ ${fact}`),
  ]
  if (left.length > 0) console.error(`Going down leaves behind:\n${left.join('\n')}`)
  if (changed.length > 0) console.error(`Going up again differs:\n${changed.join('\n')}`)
  process.exitCode = left.length + changed.length > 0 ? 1 : 0
  console.log(`${up.length} migrations went up, down and up again`)
} finally {
  await closeDatabase()
  await services.stop()
}
