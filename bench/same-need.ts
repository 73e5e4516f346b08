import { runSameNeed } from '#test/support/same-need'
import type { Measure } from './support/measure.ts'

const activities = Number(process.env.KITH_BENCH_ACTIVITIES ?? 500)

/** how often others are asked for what the activities of one second all need, by two web processes and two workers. */
export async function measure(): Promise<Measure[]> {
  const verdict = await runSameNeed({ activities, documentDelay: 300 })
  const { asked, posts, boosts, putOff, dead, accepted, settled } = verdict
  const most = Math.max(...Object.values(asked))
  if (most > 1 || dead > 0) console.error(JSON.stringify(verdict, null, 2))
  return [
    { what: 'activities that need the same unknown things', value: activities, unit: '' },
    { what: '… of these done', value: posts + boosts, unit: '', atLeast: activities },
    { what: 'addresses that were asked for', value: Object.keys(asked).length, unit: '', atLeast: 5 },
    { what: '… the one asked for most often', value: most, unit: '×', atMost: 1 },
    { what: 'activities that had to be sent again', value: putOff, unit: '' },
    { what: 'all accepted after', value: accepted, unit: 's' },
    { what: 'all done after', value: settled, unit: 's' },
    { what: 'dead letters', value: dead, unit: '', atMost: 0 },
  ]
}
