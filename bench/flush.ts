import { runFlush } from '#test/support/flush'
import { expectedOf } from '#test/support/wave'
import type { Measure } from './support/measure.ts'

const activities = Number(process.env.KITH_BENCH_ACTIVITIES ?? 5000)
const actors = Math.ceil(activities / 4)

/** what becomes of accepted activities that wait while everything in Redis is taken away. */
export async function measure(): Promise<Measure[]> {
  const verdict = await runFlush({ actors })
  const wrong = Object.entries(expectedOf(actors)).filter(
    ([name, value]) => JSON.stringify(verdict[name as keyof typeof verdict]) !== JSON.stringify(value),
  )
  if (wrong.length > 0) console.error(JSON.stringify(verdict, null, 2))
  return [
    {
      what: 'activities that waited when Redis was flushed',
      value: verdict.waiting,
      unit: '',
      atLeast: actors * 4,
    },
    { what: 'workers go on after', value: verdict.resumed, unit: 's' },
    { what: 'all taken up after', value: verdict.takenUp, unit: 's', atMost: 60 },
    { what: 'all done after', value: verdict.settled, unit: 's' },
    { what: 'figures that differ from a run without a flush', value: wrong.length, unit: '', atMost: 0 },
    { what: 'copies of each answer on average', value: verdict.copies, unit: '×', atMost: 1 },
    { what: 'browser and app stay logged in', value: Number(verdict.isLoggedIn), unit: '', atLeast: 1 },
  ]
}
