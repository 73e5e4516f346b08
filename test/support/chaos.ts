import { setTimeout as sleep } from 'node:timers/promises'
import { seeded } from './random.ts'
import { type Rig, startRig } from './rig.ts'
import { type Effects, expectedOf, makeWave, settleAll, type Wave } from './wave.ts'

/** How much is sent, over how long, and what is broken meanwhile. */
export type Trial = {
  /** Each sends four activities. */
  actors: number
  seconds: number
  kills: number
  redisRestarts: number
  postgresRestarts: number
  seed: number
}

/** How it came out: what was accepted, what became of it, and the seconds from the last fault until nothing was owed. */
export type Verdict = Effects & { accepted: number; settled: number }

/** Sends activities while processes and stores are killed and started again at random moments, and looks at the end. */
export async function runChaos(trial: Trial): Promise<Verdict> {
  const rig = await startRig(2, { KITH_RATE_FACTOR: '1000' })
  try {
    const { activities, look } = await makeWave(rig, trial.actors)
    const random = seeded(trial.seed)
    const sent = sendAll(rig, trial, activities, random)
    const [accepted] = await Promise.all([sent, breakThings(rig, trial, random)])
    const settled = await settleAll(rig)
    return { accepted, settled, ...(await look()) }
  } finally {
    await rig.remove()
  }
}

async function sendAll(
  rig: Rig,
  { seconds }: Trial,
  all: Wave['activities'],
  random: () => number,
): Promise<number> {
  const began = Date.now()
  const plan = all
    .map((activity) => ({ activity, at: began + random() * seconds * 1000 }))
    .sort((a, b) => a.at - b.at)
  await Promise.all(
    plan.map(async ({ activity, at }) => {
      await sleep(Math.max(0, at - Date.now()))
      await rig.stub.tell(rig.web.url, activity)
    }),
  )
  return plan.length
}

type Fault = { at: number; run: () => Promise<void> }

async function breakThings(rig: Rig, trial: Trial, random: () => number): Promise<void> {
  const began = Date.now()
  const some = (count: number, run: () => Promise<void>): Fault[] =>
    Array.from({ length: count }, () => ({ at: began + (0.05 + 0.9 * random()) * trial.seconds * 1000, run }))
  const restart = (name: 'redis' | 'postgres', signals: NodeJS.Signals[]) => async () => {
    await rig.services.end(name, signals[Math.floor(random() * signals.length)])
    await sleep(random() * 1500)
    await rig.services.mend(name)
  }
  const faults = [
    ...some(trial.kills, async () => {
      const worker = rig.workers[Math.floor(random() * rig.workers.length)]
      await worker?.end('SIGKILL')
      await worker?.start()
    }),
    ...some(trial.redisRestarts, restart('redis', ['SIGKILL', 'SIGTERM'])),
    ...some(trial.postgresRestarts, restart('postgres', ['SIGINT', 'SIGQUIT'])),
  ].sort((a, b) => a.at - b.at)
  for (const { at, run } of faults) {
    await sleep(Math.max(0, at - Date.now()))
    await run()
  }
  for (const each of [rig.web, ...rig.workers])
    if (!each.isRunning) throw new Error(`a process ended by itself:\n${each.output}`)
}

/** What a trial must come out as: all accepted, and all of it done once. */
export const expectedVerdict = ({ actors }: Trial): Partial<Verdict> => ({
  accepted: actors * 4,
  ...expectedOf(actors),
})
