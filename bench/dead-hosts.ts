import { eventually } from '#test/support/kiths'
import { startHosts } from '#test/support/stub-hosts'
import { startAuthor } from './support/author.ts'
import { cpuSeconds } from './support/cpu.ts'
import type { Measure } from './support/measure.ts'

const HOSTS = Number(process.env.KITH_BENCH_HOSTS ?? 10_000)
// Of twenty hosts three never answer and three refuse.
const kindOf = (at: number): 'silent' | 'closed' | 'living' =>
  at % 20 < 3 ? 'silent' : at % 20 < 6 ? 'closed' : 'living'

/**
 * A post to followers on 10,000 servers nobody of which was met before; 30 % of them are dead. How long the living wait for it, from
 * when the post was sent.
 */
export async function measure(): Promise<Measure[]> {
  const stubs = await startHosts()
  const of = (kind: string) =>
    Array.from({ length: HOSTS }, (_, at) => at).filter((at) => kindOf(at) === kind)
  const living = of('living').map((at) => stubs.host(at))
  const silent = of('silent').map((at) => stubs.host(at))
  for (const host of silent) host.manner = 'silent'
  const closed = of('closed').map((at) => stubs.deserted(at))
  const author = await startAuthor([...[...living, ...silent].map(({ domain }) => domain), ...closed])
  const [used, began] = [cpuSeconds(author.worker), performance.now()]
  await author.post('Is anybody there?')
  await eventually(async () => living.every(({ arrivals }) => arrivals.length > 0), 300_000)
  const waits = living
    .map(({ arrivals: [first] }) => ((first?.at ?? Infinity) - began) / 1000)
    .toSorted((a, b) => a - b)
  const at = (share: number): number => waits[Math.ceil(waits.length * share) - 1] ?? Number.NaN
  const cpu = cpuSeconds(author.worker) - used
  await author.end()
  await stubs.stop()
  const what = `a post to ${HOSTS.toLocaleString('en')} hosts, 30 % dead`
  return [
    { what: `${what}: at 95 % of the living after`, value: at(0.95), unit: 's', atMost: 60 },
    { what: `${what}: at half of them after`, value: at(0.5), unit: 's' },
    { what: `${what}: at the last after`, value: at(1), unit: 's' },
    { what: `${what}: CPU of the worker`, value: cpu, unit: 's' },
  ]
}
