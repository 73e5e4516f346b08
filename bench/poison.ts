import { setTimeout as sleep } from 'node:timers/promises'
import { deadLetters } from '#platform/dead-letters'
import { migrate } from '#platform/migrate'
import { type Owed, owe } from '#platform/owed-work'
import { transact } from '#platform/transact'
import { doubling, Runner } from '#workers/runner'
import { median } from './support/process.ts'
import type { Measure } from './support/measure.ts'

const BATCHES = 60
const SOUND = 20
const POISON = 1
const ROUNDS = 5
const TRIES = 4

/** Owes batches of sound work, with so much poison among it, and gives the time until it was done that 95 % keep. */
async function round(kind: string, poison: number): Promise<number> {
  const times: number[] = []
  const handle = async ({ payload }: { payload: object }): Promise<void> => {
    if (!('owedAt' in payload)) throw new Error('poison')
    await sleep(5)
    times.push(Date.now() - Number(payload.owedAt))
  }
  const runner = new Runner(kind, { handle, concurrency: 20, tries: TRIES, pause: doubling })
  const sweep = setInterval(() => void runner.wake(), 20)
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const work: Owed[] = Array.from({ length: SOUND + poison }, (_, at) => ({
      kind,
      payload: at < poison ? {} : { owedAt: Date.now() },
    }))
    await transact({}, (ctx) => owe(ctx, work))
    await sleep(50)
  }
  while (times.length < BATCHES * SOUND) await sleep(50)
  while (poison > 0 && (await deadLetters(kind)).length < BATCHES * poison) await sleep(200)
  clearInterval(sweep)
  await runner.stop(1000)
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN
}

/** how much longer sound work takes when one of twenty pieces of work is poison that is tried again and again. */
export async function measure(): Promise<Measure[]> {
  await migrate()
  const ratios: number[] = []
  await round('warm', 0)
  for (let at = 0; at < ROUNDS; at += 1) {
    const base = await round(`sound${at}`, 0)
    ratios.push((await round(`mixed${at}`, POISON)) / base)
  }
  const dead = (await deadLetters(undefined, 10_000)).length
  return [
    { what: 'p95 of work beside poison to that without', value: median(ratios), unit: '×', atMost: 1.1 },
    {
      what: 'poison that ended in the dead letters',
      value: (dead / (ROUNDS * BATCHES * POISON)) * 100,
      unit: '%',
      atLeast: 100,
    },
  ]
}
