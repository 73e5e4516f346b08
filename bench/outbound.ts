import { fork } from 'node:child_process'
import { once } from 'node:events'
import { startHosts } from '#test/support/stub-hosts'
import { type Author, startAuthor } from './support/author.ts'
import { cpuSeconds } from './support/cpu.ts'
import type { Measure } from './support/measure.ts'
import { median } from './support/process.ts'

const HOSTS = Number(process.env.KITH_BENCH_HOSTS ?? 1000)
const ROUNDS = Number(process.env.KITH_BENCH_ROUNDS ?? 5)
const TEXT = 'A post of some length that goes to everybody who follows, wherever they are, as most posts do.'

/** Deliveries for each CPU-second of plain Fedify, which signs and sends at once and keeps nothing. */
async function plainFedify(inboxes: string[]): Promise<number> {
  const child = fork(new URL('support/fedify-outbox.ts', import.meta.url).pathname)
  await once(child, 'message')
  const rates: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    child.send({ inboxes, text: TEXT })
    const [seconds] = (await once(child, 'message')) as [number]
    // The first round warms it up.
    if (round > 0) rates.push(inboxes.length / seconds)
  }
  child.kill()
  return median(rates)
}

/** Deliveries for each CPU-second of the worker, from what the post sets off to the last answer that was recorded. */
async function kith({ post, settled, worker }: Author, before: () => void): Promise<number> {
  const rates: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    before()
    const used = cpuSeconds(worker)
    await post(TEXT)
    await settled()
    rates.push(HOSTS / (cpuSeconds(worker) - used))
  }
  return median(rates)
}

/**
 * A post to followers on 1,000 servers: deliveries for each CPU-second of the process that delivers, with everything that this
 * takes (owing, signing, sending, what is remembered of hosts and answers), and as a ratio to plain Fedify.
 */
export async function measure(): Promise<Measure[]> {
  const stubs = await startHosts()
  const hosts = stubs.hosts(0, HOSTS)
  const arrived = () => hosts.reduce((sum, { arrivals }) => sum + arrivals.length, 0)
  const plain = await plainFedify(hosts.map(({ origin }) => `${origin}/inbox`))
  const before = arrived()
  const author = await startAuthor(hosts.map(({ domain }) => domain))
  // Warmed up as plain Fedify was.
  await author.post(TEXT)
  await author.settled()
  const rate = await kith(author, () => undefined)
  const anew = await kith(author, stubs.hangUp)
  const missing = before + HOSTS * (2 * ROUNDS + 1) - arrived()
  await author.end()
  await stubs.stop()
  const what = `deliveries to ${HOSTS.toLocaleString('en')} hosts`
  return [
    { what: `${what}, each CPU-second of the worker`, value: rate, unit: '/s', atLeast: 1200 },
    { what: `${what}, to plain Fedify (${Math.round(plain)}/s)`, value: rate / plain, unit: '×' },
    { what: `${what} that hung up before, each CPU-second`, value: anew, unit: '/s' },
    { what: `${what} that are missing`, value: missing, unit: '', atMost: 0 },
  ]
}
