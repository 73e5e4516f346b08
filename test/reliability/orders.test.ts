import { setTimeout as sleep } from 'node:timers/promises'
import { instance } from '#config/instance'
import { registered } from '#federation/first-contacts'
import { inboxLimits } from '#federation/inbox-limits'
import type { RequestSnapshot } from '#federation/signatures/signature'
import { takeActivity } from '#federation/take-activity'
import { now } from '#platform/clock'
import { TooMany } from '#platform/errors'
import { forgetShares } from '#platform/rate-limit'
import { type Stage, setStage } from '#test/support/order-stage'
import { stateOf } from '#test/support/order-state'
import { idolsOf, scenesOf, tellStory } from '#test/support/order-stream'
import { type Copy, differences, disorder } from '#test/support/orders'
import { seeded } from '#test/support/random'
import { settle } from '#test/support/settle'
import { type StubHosts, startHosts } from '#test/support/stub-hosts'

const ACTIVITIES = 200
const ORDERS = 3
const AT_ONCE = 20

let hosts: StubHosts
beforeAll(async () => (hosts = await startHosts()))
afterAll(() => hosts.stop())

const scenes = scenesOf(ACTIVITIES)
const stage = (at: number): Promise<Stage> => setStage(hosts.host(at), String(at), idolsOf(scenes))

/** Whoever is told to come again does, and here at once: how many new people one server may bring is asked elsewhere. */
async function take(snapshot: RequestSnapshot, host: string): ReturnType<typeof takeActivity> {
  try {
    return await takeActivity(snapshot)
  } catch (error) {
    if (!(error instanceof TooMany)) throw error
    await inboxLimits.keys.forget(registered(host))
    forgetShares()
    await sleep(20)
    return take(snapshot, host)
  }
}

async function send({ stub }: Stage, { activity, path }: Copy): Promise<void> {
  const { url, body, headers } = stub.sign(instance.origin, activity, path)
  const snapshot = {
    method: 'POST',
    url: url.href,
    headers: { host: url.host, ...headers },
    rawBody: body,
    now: now(),
  }
  const { status, why } = await take(snapshot, stub.domain)
  if (status !== 202) throw new Error(`${String(activity.type)} was refused: ${status} ${why}`)
}

test('R-020: activities that come one to five times, in any order, come to what they come to once and in order', async () => {
  const first = await stage(0)
  const story = tellStory(first, scenes)
  for (const activity of story) {
    await send(first, { activity, path: '/inbox' })
    await settle()
  }
  const expected = await stateOf(first)
  const told: Record<string, string[]> = {}
  for (let order = 1; order <= ORDERS; order += 1) {
    const here = await stage(order)
    const left = disorder(here, tellStory(here, scenes), seeded(order)).reverse()
    while (left.length > 0) {
      await Promise.all(left.splice(-AT_ONCE).map((copy) => send(here, copy)))
      await settle()
    }
    const found = differences(expected, await stateOf(here))
    if (found.length > 0) told[`seed ${order}`] = found
  }
  expect(story.length).toBeGreaterThanOrEqual(ACTIVITIES * 0.9)
  expect(told).toEqual({})
}, 300_000)
