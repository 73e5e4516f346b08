import { rounds, seedOf } from '#test/support/fuzz'
import { fuzzLanes } from '#test/support/fuzz-lanes'
import { closeListeners } from '#test/support/listener'
import { startPayloadWorld } from '#test/support/payload-world'

const world = await startPayloadWorld()

afterAll(async () => {
  world[Symbol.dispose]()
  await closeListeners()
})

// KITH_FUZZ_SEED and KITH_FUZZ_ROUNDS=1 show the one case again that a failure names by its seed.
test('lanes: of many mutants Kith takes, and reads as they are meant, those that Fedify takes, or a rule says why not', async () => {
  const seed = seedOf(20_260_000)
  const { cases, taken, unexplained } = await fuzzLanes(world, seed, rounds(250))
  expect({ seed, unexplained }).toEqual({ seed, unexplained: [] })
  expect(taken).toBeGreaterThan(cases / 2)
}, 300_000)
