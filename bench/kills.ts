import { runKills } from '#test/support/kills'
import type { Measure } from './support/measure.ts'

const kills = Number(process.env.KITH_BENCH_KILLS ?? 1000)
const sum = (counts: object): number => Object.values(counts).reduce((all, each) => all + Number(each), 0)

/** what becomes of posts whose process is killed within a millisecond of the answer. */
export async function measure(): Promise<Measure[]> {
  const verdict = await runKills({ kills, standby: 4 })
  const { missing, repeated } = verdict
  if (sum(missing) + sum(repeated) + verdict.dead > 0) console.error(JSON.stringify(verdict, null, 2))
  return [
    {
      what: 'posts whose process was killed within 1 ms of the answer',
      value: verdict.prompt,
      unit: '',
      atLeast: kills,
    },
    { what: '… and later, as this machine was busy', value: verdict.late, unit: '' },
    { what: 'posts that are gone', value: missing.posts, unit: '', atMost: 0 },
    { what: '… not in the home of a follower', value: missing.entries, unit: '', atMost: 0 },
    { what: '… not delivered', value: missing.deliveries, unit: '', atMost: 0 },
    { what: '… not in the search index', value: missing.indexed, unit: '', atMost: 0 },
    { what: '… of which who was named is not told', value: missing.notifications, unit: '', atMost: 0 },
    { what: 'deliveries and notifications done twice', value: sum(repeated), unit: '', atMost: 0 },
    { what: 'dead letters', value: verdict.dead, unit: '', atMost: 0 },
  ]
}
