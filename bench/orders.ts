import { instance } from '#config/instance'
import { takeActivity } from '#federation/take-activity'
import { now } from '#platform/clock'
import { migrate } from '#platform/migrate'
import { setStage } from '#test/support/order-stage'
import { stateOf } from '#test/support/order-state'
import { idolsOf, scenesOf, tellStory } from '#test/support/order-stream'
import { type Copy, differences, disorder } from '#test/support/orders'
import { seeded } from '#test/support/random'
import { settle } from '#test/support/settle'
import { startHosts } from '#test/support/stub-hosts'
import type { Signed, StubServer } from '#test/support/stub-server'
import type { Measure } from './support/measure.ts'
import { startTrio } from './support/trio.ts'

// R-020 at its full size is KITH_BENCH_ACTIVITIES=10000 KITH_BENCH_ORDERS=100.
const ACTIVITIES = Number(process.env.KITH_BENCH_ACTIVITIES ?? 1000)
const ORDERS = Number(process.env.KITH_BENCH_ORDERS ?? 5)
const SEED = Number(process.env.KITH_BENCH_SEED ?? 1)
const SHOWN = 20

const scenes = scenesOf(ACTIVITIES)

/** Tells a story once and in order to this process alone; gives what it comes to, and how many activities it has. */
async function reference(stub: StubServer): Promise<{ count: number; state: string[] }> {
  const stage = await setStage(stub, '0', idolsOf(scenes))
  const story = tellStory(stage, scenes)
  for (const activity of story) {
    const { url, body, headers } = stub.sign(instance.origin, activity)
    const request = { method: 'POST', url: url.href, headers: { host: url.host, ...headers }, rawBody: body }
    const { status } = await takeActivity({ ...request, now: now() })
    if (status !== 202) throw new Error(`${String(activity.type)} was refused: ${status}`)
    await settle()
  }
  return { count: story.length, state: await stateOf(stage) }
}

/** Each as it is sent, signed once for each inbox. */
function* signedFor(stub: StubServer, copies: readonly Copy[]): Generator<() => Signed> {
  const kept = new Map<string, Signed>()
  for (const { activity, path } of copies) {
    yield () => {
      const name = `${String(activity.id)} ${path}`
      const signed = kept.get(name) ?? stub.sign(instance.origin, activity, path)
      kept.set(name, signed)
      return signed
    }
  }
}

/**
 * a stream of activities, each one to five times, in random orders, split over personal and shared inboxes and three
 * processes, against what the same comes to when it is told once, in order, to one process.
 */
export async function measure(): Promise<Measure[]> {
  await migrate()
  const hosts = await startHosts()
  const { count, state } = await reference(hosts.host(0))
  const trio = await startTrio()
  let [equal, sent] = [0, 0]
  try {
    for (let order = 1; order <= ORDERS; order += 1) {
      const stub = hosts.host(order)
      const stage = await setStage(stub, String(order), idolsOf(scenes))
      const copies = disorder(stage, tellStory(stage, scenes), seeded(SEED * 1000 + order))
      await trio.send(signedFor(stub, copies))
      await trio.settled()
      const found = differences(state, await stateOf(stage))
      sent += copies.length
      if (found.length === 0) equal += 1
      else console.error(`order ${order}: ${found.length} differences\n${found.slice(0, SHOWN).join('\n')}`)
    }
  } finally {
    await trio.end()
    await hosts.stop()
  }
  return [
    { what: 'activities in the stream', value: count, unit: '' },
    { what: 'lines of the state that are compared', value: state.length, unit: '' },
    { what: 'copies that were sent', value: sent, unit: '' },
    { what: `orders of ${ORDERS} that come to the same`, value: equal, unit: '', atLeast: ORDERS },
  ]
}
