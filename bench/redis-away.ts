import { runAbsence } from '#test/support/absence'
import type { Measure } from './support/measure.ts'

const minutes = Number(process.env.KITH_BENCH_MINUTES ?? 1)
const asked = ['read', 'page', 'post', 'upload', 'inbox']

const sum = (counts: Record<string, number> = {}): number => Object.values(counts).reduce((a, b) => a + b, 0)

/** people go on while Redis is away, 15 minutes with KITH_BENCH_MINUTES=15; nothing is lost. */
export async function measure(): Promise<Measure[]> {
  const { tally, away, after, accepted, lost, repeated, dead, streams, settled } = await runAbsence({
    seconds: minutes * 60,
    pause: 200,
  })
  const failures = asked.map((name) => {
    const counts = tally.counts[name]?.away ?? {}
    return Object.entries(counts).reduce((all, [how, many]) => (how.startsWith('2') ? all : all + many), 0)
  })
  const answered = asked.map((name) => sum(tally.counts[name]?.away))
  const open = Object.values(away).flatMap((knocks) => knocks.filter(({ status }) => status !== 503))
  const shut = Object.values(after).filter(({ status }) => status !== 200)
  const ratio = (name: string): number => tally.middle(name, 'away') / tally.middle(name, 'after')
  if (sum(lost) + dead.length + open.length > 0) console.error({ lost, dead, open })
  return [
    { what: 'minutes without Redis', value: minutes, unit: 'min' },
    { what: 'requests answered meanwhile', value: answered.reduce((a, b) => a + b, 0), unit: '' },
    { what: '… that failed', value: failures.reduce((a, b) => a + b, 0), unit: '', atMost: 0 },
    { what: 'knocks at guarded doors let in', value: open.length, unit: '', atMost: 0 },
    { what: 'guarded doors closed afterwards', value: shut.length, unit: '', atMost: 0 },
    { what: 'posts, activities and uploads accepted', value: sum(accepted), unit: '', atLeast: 1 },
    { what: '… lost, with deliveries and feed entries', value: sum(lost), unit: '', atMost: 0 },
    { what: '… done twice', value: sum(repeated), unit: '', atMost: 0 },
    { what: 'dead letters', value: dead.length, unit: '', atMost: 0 },
    { what: 'time of a read without Redis to that with it', value: ratio('read'), unit: '×' },
    { what: 'time of a post without Redis to that with it', value: ratio('post'), unit: '×' },
    { what: 'settled after Redis was back', value: settled, unit: 's', atMost: 60 },
    { what: 'streams carry posts again', value: Number(streams), unit: '', atLeast: 1 },
  ]
}
