import { setTimeout as sleep } from 'node:timers/promises'
import { nowhere } from '#core/remote'
import { claim, kindsDue } from '#platform/claims'
import { rows } from '#platform/db'
import { learnTrades } from '#workers/queues'
import { Runner } from '#workers/runner'

let runners: Map<string, Runner> | undefined

async function allRunners(): Promise<Map<string, Runner>> {
  const { trades } = await learnTrades({ actor: { kind: 'kith' }, remote: nowhere })
  return new Map(Object.entries(trades).map(([kind, trade]) => [kind, new Runner(kind, trade)]))
}

/**
 * Does all owed work that is due, and what follows from it, until nothing is left. Kinds in `except` stay owed:
 * deliveries, when a test only wants to see that they are owed.
 */
export async function settle({
  except = ['delivery', 'schedule'],
}: { except?: string[] } = {}): Promise<void> {
  runners ??= await allRunners()
  for (;;) {
    const kinds = (await kindsDue()).filter((kind) => !except.includes(kind))
    let done = 0
    for (const kind of kinds) {
      const runner = runners.get(kind)
      if (!runner) throw new Error(`nobody knows how to do owed work of kind ${kind}`)
      const claimed = await claim(kind, 100)
      await Promise.all(claimed.map((row) => runner.work(row)))
      done += claimed.length
    }
    // What is due may stand in its lane behind something that waits for another try.
    if (done > 0) continue
    if (!(await isTurnNear(except))) return
    await sleep(20)
  }
}

// A host may have had as many deliveries under way as it gets: who stood back then was not tried, and comes in a moment, or is
// due by now. What waits in its lane behind somebody else does not.
const isTurnNear = async (except: readonly string[]): Promise<boolean> =>
  (
    await rows(
      {},
      `SELECT id FROM owed_work AS w WHERE dead_at IS NULL AND kind <> ALL ($1) AND attempts = 0
         AND first_failed_at IS NOT NULL AND due_at < now() + interval '500 milliseconds'
         AND (lane IS NULL OR NOT EXISTS (SELECT 1 FROM owed_work AS elder WHERE elder.kind = w.kind
           AND elder.lane = w.lane AND elder.id < w.id AND elder.dead_at IS NULL)) LIMIT 1`,
      [except],
    )
  ).length > 0
