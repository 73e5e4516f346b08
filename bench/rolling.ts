import { runRolling } from '#test/support/rolling'
import type { Measure } from './support/measure.ts'

const rounds = Number(process.env.KITH_BENCH_ROUNDS ?? 4)

/** what people notice while every process of an instance is ended by SIGTERM and started again. */
export async function measure(): Promise<Measure[]> {
  const { requests, failures, ends, streams, accepted, lost, dead } = await runRolling({ rounds, width: 16 })
  const failed = Object.values(failures).reduce((all, each) => all + each, 0)
  if (failed > 0) console.error(JSON.stringify(failures, null, 2))
  return [
    { what: 'processes ended by SIGTERM', value: ends.length, unit: '', atLeast: rounds * 5 },
    {
      what: '… with another exit code than 0',
      value: ends.filter(({ code }) => code !== 0).length,
      unit: '',
      atMost: 0,
    },
    {
      what: '… after, the longest',
      value: Math.max(...ends.map(({ seconds }) => seconds)),
      unit: 's',
      atMost: 25,
    },
    { what: 'requests meanwhile, through a proxy', value: requests, unit: '', atLeast: 1 },
    { what: '… that failed', value: failed, unit: '', atMost: 0 },
    { what: 'posts and activities accepted', value: accepted, unit: '', atLeast: 1 },
    { what: '… lost', value: lost, unit: '', atMost: 0 },
    { what: 'dead letters', value: dead, unit: '', atMost: 0 },
    {
      what: 'streams told to come back',
      value: streams.filter((code) => code === 1001).length,
      unit: '',
      atLeast: rounds,
    },
  ]
}
