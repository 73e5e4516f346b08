import { closeListeners } from '#test/support/listener'
import { fuzzLanes } from '#test/support/fuzz-lanes'
import { startPayloadWorld } from '#test/support/payload-world'
import { migrate } from '#platform/migrate'
import { openRedis } from '#platform/redis'
import type { Measure } from './support/measure.ts'

const CASES = Number(process.env.KITH_BENCH_CASES ?? 20_000)
const SEED = Number(process.env.KITH_FUZZ_SEED ?? Date.now() % 1_000_000)

/**
 * Mutants of activities, with good signatures, through the inbox of Kith and that of a plain Fedify: how many of them the two
 * take or read differently, by the rules that say so, and without any.
 */
export async function measure(): Promise<Measure[]> {
  await migrate()
  await openRedis()
  using world = await startPayloadWorld()
  const { taken, byRule, unexplained } = await fuzzLanes(world, SEED, CASES)
  await closeListeners()
  for (const each of unexplained) console.error(JSON.stringify(each))
  const what = `mutants from seed ${SEED} on`
  return [
    { what: `${what}`, value: CASES, unit: '' },
    { what: `${what} that Kith takes`, value: taken, unit: '' },
    ...[...byRule].map(([rule, value]) => ({ what: `${what}: ${rule}`, value, unit: '' })),
    {
      what: `${what} that the lanes judge differently without a rule`,
      value: unexplained.length,
      unit: '',
      atMost: 0,
    },
  ]
}
