import { nowhere } from '#core/remote'
import { claim, kindsDue } from '#platform/claims'
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
    if (done === 0) return
  }
}
