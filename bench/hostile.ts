import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { fetchDocument } from '#federation/load-document'
import { readJson } from '#federation/read-json'
import { Invalid } from '#platform/errors'
import { FetchFailed } from '#platform/http-errors'
import { migrate } from '#platform/migrate'
import { openRedis } from '#platform/redis'
import { type FetchPath, fetchPaths, oldAccount } from '#test/support/fetch-paths'
import { bombs, drips } from '#test/support/hostile-answers'
import { soundAnswer } from '#test/support/sound-answers'
import { type Listening, serve } from '#test/support/stub-server'
import type { Measure } from './support/measure.ts'

const HOSTS = Number(process.env.KITH_BENCH_HOSTS ?? 500)
const PATHS = process.env.KITH_BENCH_PATHS?.split(',') ?? fetchPaths.map(({ name }) => name)
const BYTE_EVERY_MS = 5000
const HEALTHY = 200
// So that they do not wait for the database, of which each needs some moments.
const STAGGER_MS = 6
const PAUSE_MS = 12_000
const BOMBS = 20
const MIB = 1_048_576
/** Posting to another server has half a minute, a file a whole one, everything else ten seconds. */
const deadlines: Record<string, number> = { media: 60, delivery: 30 }

const p95 = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN

/** Servers on addresses of their own that begin to answer, and go on with a byte every five seconds. */
const startDripping = (): Promise<Listening> =>
  serve(({ socket }) => {
    socket.write(Math.random() < 0.5 ? drips.headers : drips.body)
    const drip = setInterval(() => socket.write('a'), BYTE_EVERY_MS)
    socket.once('close', () => clearInterval(drip)).on('error', () => undefined)
  }, '0.0.0.0')

// What found no place in time has waited for as long as that.
const isBusy = (error: unknown): void => {
  if (!(error instanceof FetchFailed)) throw error
}

/** Of documents from a server that is in order, one after another, the time of 95 %, in milliseconds. */
async function healthy(host: string): Promise<number> {
  const times: number[] = []
  for (let at = 0; at < HEALTHY; at += 1) {
    const began = performance.now()
    await fetchDocument(`http://${host}/users/u${at}`, { anew: true }).catch(isBusy)
    times.push(performance.now() - began)
    await sleep(10)
  }
  return p95(times)
}

let group = 10

/** one way of asking on so many hosts that drip; how long that takes, and what it costs a server in order. */
async function drip({ name, ask }: FetchPath, dripping: Listening, sound: Listening): Promise<Measure[]> {
  group += 1
  const own = group
  const host = `127.0.0.1:${sound.port}`
  await healthy(host)
  const usual = await healthy(host)
  const hosts = Array.from(
    { length: HOSTS },
    (_, at) => `127.${own}.${Math.trunc(at / 250)}.${(at % 250) + 1}:${dripping.port}`,
  )
  for (const each of hosts) await oldAccount(each)
  const ends = hosts.map(async (each, at) => {
    await sleep(at * STAGGER_MS)
    const began = performance.now()
    await ask(each)
    return (performance.now() - began) / 1000
  })
  await sleep(HOSTS * STAGGER_MS + 500)
  const beside = await healthy(host)
  const last = Math.max(...(await Promise.all(ends)))
  const what = `${HOSTS} hosts that drip, ${name}`
  return [
    { what: `${what}: the last is left after`, value: last, unit: 's', atMost: (deadlines[name] ?? 10) + 5 },
    {
      what: `${what}: p95 of a healthy fetch to that without`,
      value: beside / usual,
      unit: '×',
      atMost: 1.2,
    },
  ]
}

/** what memory grows by for each of some bodies that are fetched at once on one way, the most of all kinds. */
async function unpack({ name, ask }: FetchPath): Promise<Measure> {
  let most = 0
  for (const answer of Object.values(bombs)) {
    const server = await serve((request, response) => {
      response.on('error', () => undefined).setHeader('content-type', 'application/activity+json')
      answer(request, response)
    }, '0.0.0.0')
    group += 1
    const own = group
    globalThis.gc?.()
    const before = process.memoryUsage.rss()
    let peak = before
    const look = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5)
    await Promise.all(
      Array.from({ length: BOMBS }, (_, at) =>
        ask(`127.${own}.0.${at + 1}:${server.port}`).catch(() => undefined),
      ),
    )
    clearInterval(look)
    most = Math.max(most, (peak - before) / BOMBS / MIB)
    await server.stop()
  }
  return { what: `bombs, ${name}: memory for each fetch`, value: most, unit: 'MiB', atMost: 16 }
}

const hostile: Record<string, string> = {
  'of depth 100,000': '{"a":'.repeat(100_000),
  'of 1,000,000 keys': `{${Array.from({ length: 1_000_000 }, (_, at) => `"${at}":1`).join(',')}}`,
  'with a number of 1,000,000 digits': `{"a":${'1'.repeat(1_000_000)}}`,
  'of 300,000 lists': `{"a":[${'[],'.repeat(300_000)}0]}`,
}

/** how long it takes until each is refused, and what the event loop is late meanwhile. */
async function parse(): Promise<Measure[]> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const measures: Measure[] = []
  delay.enable()
  for (const [what, text] of Object.entries(hostile)) {
    const body = Buffer.from(text)
    const times: number[] = []
    for (let round = 0; round < 50; round += 1) {
      const began = performance.now()
      try {
        readJson(body)
        times.push(Infinity)
      } catch (error) {
        if (!(error instanceof Invalid)) throw error
        times.push(performance.now() - began)
      }
      await sleep(20)
    }
    measures.push({ what: `JSON ${what} is refused after (p95)`, value: p95(times), unit: 'ms', atMost: 50 })
  }
  delay.disable()
  return [
    ...measures,
    {
      what: 'delay of the event loop meanwhile (p99)',
      value: delay.percentile(99) / 1e6,
      unit: 'ms',
      atMost: 50,
    },
  ]
}

/** at their figures, on every way on which others are asked; KITH_BENCH_PATHS names some. */
export async function measure(): Promise<Measure[]> {
  await migrate()
  await openRedis()
  const [dripping, sound] = await Promise.all([startDripping(), serve(soundAnswer)])
  const measures = await parse()
  try {
    for (const path of fetchPaths.filter(({ name }) => PATHS.includes(name))) {
      measures.push(...(await drip(path, dripping, sound)))
      // Whoever waited has gone; what was asked for in their name ends at its own deadline.
      await sleep(PAUSE_MS)
      if (!path.isPost && !path.maxBytes) measures.push(await unpack(path))
    }
  } finally {
    await Promise.all([dripping.stop(), sound.stop()])
  }
  return measures
}
