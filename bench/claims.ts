import { performance } from 'node:perf_hooks'
import { claim, finish, kindsDue } from '#platform/claims'
import { db, rows } from '#platform/db'
import { migrate } from '#platform/migrate'
import type { Measure } from './support/measure.ts'
import { median } from './support/process.ts'

const MANY = 1_000_000
const FEW = 1000

/** Owes so many deliveries, three about each object to each host. */
async function fill(count: number): Promise<void> {
  await rows({}, 'TRUNCATE owed_work')
  await rows(
    {},
    `INSERT INTO owed_work (kind, payload, lane, due_at)
     SELECT 'delivery', '{}', 'lane ' || n / 3, now() - make_interval(secs => $1 - n) FROM generate_series(1, $1::int) AS n`,
    [count],
  )
  await db.query('VACUUM (ANALYZE) owed_work')
}

const took = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** The middle milliseconds of a claim of ten rows, which are then done, and of a look at what is due. */
async function timesAt(count: number): Promise<{ claiming: number; looking: number }> {
  await fill(count)
  const times: { claiming: number; looking: number }[] = []
  for (let turn = 0; turn < 60; turn += 1) {
    let claimed: Awaited<ReturnType<typeof claim>> = []
    const claiming = await took(async () => (claimed = await claim('delivery', 10)))
    if (claimed.length === 0) throw new Error('nothing was due')
    await Promise.all(claimed.map((row) => finish(row)))
    times.push({ claiming, looking: await took(kindsDue) })
  }
  const middle = (name: 'claiming' | 'looking') => median(times.map((each) => each[name]))
  return { claiming: middle('claiming'), looking: middle('looking') }
}

/** how the time to claim work, and to see that there is some, grows with the backlog. */
export async function measure(): Promise<Measure[]> {
  await migrate()
  // The first round warms the process up.
  await timesAt(FEW)
  const few = await timesAt(FEW)
  const many = await timesAt(MANY)
  const at = 'with 1,000,000 waiting to that with 1,000'
  return [
    { what: `claim ${at}`, value: many.claiming / few.claiming, unit: '×', atMost: 1.5 },
    { what: `sweep ${at}`, value: many.looking / few.looking, unit: '×', atMost: 1.5 },
  ]
}
