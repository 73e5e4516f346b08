import { expectedVerdict, runChaos, type Trial } from '#test/support/chaos'
import type { Measure } from './support/measure.ts'

const activities = Number(process.env.KITH_BENCH_ACTIVITIES ?? 2000)
const actors = Math.ceil(activities / 4)

// R-001 at its full size is KITH_BENCH_ACTIVITIES=10000: five minutes, 20 kills, 3 and 2 restarts.
const trial: Trial = {
  actors,
  seconds: Math.max(30, (activities / 10_000) * 300),
  kills: Math.max(4, Math.round((activities / 10_000) * 20)),
  redisRestarts: Math.max(1, Math.round((activities / 10_000) * 3)),
  postgresRestarts: Math.max(1, Math.round((activities / 10_000) * 2)),
  seed: Number(process.env.KITH_BENCH_SEED ?? 1),
}

const share = (part: number, whole: number): number => (part / whole) * 100

/** what becomes of accepted activities while workers, Redis and PostgreSQL are killed at random moments. */
export async function measure(): Promise<Measure[]> {
  const verdict = await runChaos(trial)
  const { dead = [] } = verdict
  const wrong = Object.entries(expectedVerdict(trial)).filter(
    ([name, value]) => JSON.stringify(verdict[name as keyof typeof verdict]) !== JSON.stringify(value),
  )
  if (wrong.length > 0) console.error(JSON.stringify(verdict, null, 2))
  const applied = verdict.follows + verdict.posts + verdict.favourites + verdict.boosts
  return [
    {
      what: `accepted of ${activities} activities`,
      value: share(verdict.accepted, actors * 4),
      unit: '%',
      atLeast: 100,
    },
    {
      what: 'applied of those',
      value: share(applied, verdict.accepted),
      unit: '%',
      atLeast: 100,
      atMost: 100,
    },
    {
      what: 'answers delivered at least once',
      value: share(verdict.answered, actors),
      unit: '%',
      atLeast: 100,
    },
    { what: 'copies of each on average', value: verdict.copies, unit: '×', atMost: 1.05 },
    { what: 'figures that differ from a run without faults', value: wrong.length, unit: '', atMost: 0 },
    { what: 'dead letters', value: dead.length, unit: '', atMost: 0 },
    { what: 'settled after the last fault', value: verdict.settled, unit: 's', atMost: 600 },
  ]
}
