import { closeListeners } from '#test/support/listener'
import { payloads } from '#test/support/payloads'
import { startPayloadWorld } from '#test/support/payload-world'
import { judge, judgeUnknown } from './judge.ts'
import { outcomeOf } from './outcomes.ts'
import { begin } from './scene.ts'

const world = await startPayloadWorld()

afterEach(() => world.clear())
afterAll(async () => {
  world[Symbol.dispose]()
  await closeListeners()
})

if (payloads.length === 0)
  test.skip('payloads of other servers (there are none beside this checkout)', () => undefined)

// Every one comes in through the inbox with a signature, or is asked for by a member, and is looked at through an app.
for (const payload of payloads) {
  const { result, says } = outcomeOf(payload)
  test(`${payload.file}: ${result}: the ${payload.expect.kind} ${says}`, async () => {
    const scene = await begin(world, payload)
    const flaws = result === 'not yet' ? await judgeUnknown(scene) : await judge(scene)
    // One that is mended is to be taken off the list.
    if (result === 'differs') expect(flaws).not.toEqual([])
    else expect(flaws).toEqual([])
  })
}
