import { once } from 'node:events'
import { connect } from 'node:net'
import { eventually } from './kiths.ts'
import { Browser } from './plain-browser.ts'
import { type Rig, startRig } from './rig.ts'
import { type Effects, makeWave, settleAll } from './wave.ts'

/** How many actors send four activities each before Redis is flushed. */
export type Flush = { actors: number }

/** What came of it. */
export type FlushVerdict = Effects & {
  /** How many waited when Redis was flushed. */
  waiting: number
  /** Seconds from the flush until workers went on, and until they had taken up all of those. */
  resumed: number
  takenUp: number
  /** Seconds from the flush until nothing was owed any more. */
  settled: number
  /** Are browser and app still logged in? */
  isLoggedIn: boolean
}

const WIDTH = 40

/** activities are accepted while workers stand still, Redis is flushed, and workers go on. */
export async function runFlush({ actors }: Flush): Promise<FlushVerdict> {
  const rig = await startRig(2, { KITH_RATE_FACTOR: '1000' })
  try {
    const { alice, activities, look } = await makeWave(rig, actors)
    const browser = await loggedIn(rig)
    await settleAll(rig)
    for (const worker of rig.workers) worker.signal('SIGSTOP')
    await tellAll(rig, activities)
    const waiting = await owed(rig)
    await flushRedis(rig.services.redis)
    for (const worker of rig.workers) worker.signal('SIGCONT')
    const [resumed, takenUp, settled] = await Promise.all([
      untilOwed(rig, waiting - 1),
      untilOwed(rig, 0),
      settleAll(rig),
    ])
    const { status } = await browser.open('/settings')
    const home = await alice.get('/api/v1/timelines/home')
    const isLoggedIn = status === 200 && browser.page?.url === '/settings' && Array.isArray(home)
    return { ...(await look()), waiting, resumed, takenUp, settled, isLoggedIn }
  } finally {
    await rig.remove()
  }
}

async function loggedIn({ web }: Rig): Promise<Browser> {
  const browser = new Browser(web.url)
  await browser.open('/log-in')
  await browser.send('/log-in', { identifier: 'alice', password: 'correct horse battery' })
  return browser
}

async function tellAll({ stub, web }: Rig, activities: Record<string, unknown>[]): Promise<void> {
  const left = activities.toReversed()
  const work = async (): Promise<void> => {
    for (let next = left.pop(); next; next = left.pop()) await stub.tell(web.url, next)
  }
  await Promise.all(Array.from({ length: WIDTH }, work))
}

/** Activities that nobody has taken up. */
async function owed({ ask }: Rig): Promise<number> {
  const [found] = await ask<{ many: number }>(
    `SELECT count(*)::int AS many FROM owed_work WHERE kind = 'inbox' AND attempts = 0`,
  )
  return found?.many ?? -1
}

/** Seconds until no more than so many activities are left that nobody has taken up. */
async function untilOwed(rig: Rig, most: number): Promise<number> {
  const began = Date.now()
  await eventually(async () => (await owed(rig)) <= most, 600_000)
  return (Date.now() - began) / 1000
}

/** Takes away everything that Redis holds. */
export async function flushRedis(path: string): Promise<void> {
  const socket = connect(path, () => socket.write('FLUSHALL\r\n'))
  const [answer] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  if (!answer.toString().startsWith('+OK')) throw new Error(`Redis says ${answer.toString()}`)
}
