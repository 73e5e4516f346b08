import { instanceActor } from '#core/accounts/instance-actor'
import type { Ctx } from '#core/ctx'
import { openDoorbell } from '#federation/queue'
import { remote } from '#federation/remote'
import { kindsDue } from '#platform/claims'
import { guardFetch } from '#platform/http'
import { tellAboutMedia } from '#platform/media-report'
import { log } from '#platform/log'
import { openRedis } from '#platform/redis'
import { learnTrades } from './queues.ts'
import { Runner } from './runner.ts'
import { plant } from './schedules.ts'

const SWEEP = 1000
// Twice within the lease of a claim.
const KEEP = 10_000

/** Starts the workers of this process and gives how to stop them. */
export async function startWorkers(): Promise<{ stop(): Promise<void> }> {
  guardFetch()
  const ctx: Ctx = { actor: { kind: 'kith' }, remote }
  const { trades, schedules } = await learnTrades(ctx)
  await openRedis()
  await instanceActor(ctx)
  await plant(schedules)
  const told = tellAboutMedia()
  const runners = new Map(Object.entries(trades).map(([kind, trade]) => [kind, new Runner(kind, trade)]))
  const doorbell = openDoorbell()
  void doorbell.queue.process(50, async ({ data }) => {
    void runners.get(data.kind)?.wake()
  })
  // Finds what no bell rang for: work that came due by time, was left by a dead worker, or while Redis was away.
  const sweep = setInterval(() => {
    kindsDue().then(
      (kinds) => kinds.forEach((kind) => void runners.get(kind)?.wake()),
      (error: Error) => log.warn({ error: error.message }, 'the sweep for owed work failed'),
    )
  }, SWEEP)
  const keep = setInterval(() => {
    for (const runner of runners.values()) {
      runner
        .keep()
        .catch((error: Error) => log.warn({ error: error.message }, 'leases could not be lengthened'))
    }
  }, KEEP)
  return {
    stop: async () => {
      clearInterval(sweep)
      await Promise.all([told, doorbell.close(), ...[...runners.values()].map((runner) => runner.stop(8000))])
      clearInterval(keep)
    },
  }
}
