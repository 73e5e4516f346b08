import { type AccessChange, accessTopic } from '#core/auth/access'
import { livingTokens } from '#core/auth/living-tokens'
import { STREAM, type StreamEvent } from '#core/stream'
import { log } from '#platform/log'
import { gauge } from '#platform/metrics'
import { isOutage } from '#platform/outage'
import { subscribe } from '#platform/pubsub'
import type { Connection } from './connection.ts'
import { type Letter, openConnections, send } from './hub.ts'
import { lettersOf } from './letters.ts'
import { Line } from './line.ts'

const BEAT = 5000
const WIDTH = 4
const MOST_WAITING = 10_000
/** Within so many milliseconds everybody is sent back to the timelines: not all at one moment. */
const SPREAD = 15_000
const PACE = 250

const reasonOf = (error: unknown): string => (Error.isError(error) ? error.message : String(error))
const line = new Line<Letter[]>(WIDTH, send)
let end: (() => void) | undefined
let beats = 0

/** Listens to what happens, on behalf of all streams of this process. A repeat changes nothing. */
export function openStreams(): void {
  if (end) return
  const endings = [
    subscribe<StreamEvent>(STREAM, hear, missSome),
    subscribe<AccessChange>(accessTopic, withdraw),
  ]
  const timer = setInterval(pulse, BEAT)
  timer.unref()
  end = () => {
    clearInterval(timer)
    for (const each of endings) each()
  }
}

/** Tells every stream to come back elsewhere or later, and listens no more. */
export function closeStreams(): void {
  end?.()
  end = undefined
  for (const connection of openConnections()) connection.end('leaving')
}

function hear(event: StreamEvent): void {
  // Whoever is that far behind needs a new start more than old news.
  if (line.length >= MOST_WAITING) {
    log.warn({ event: event.event }, 'streams are behind; an event was left out')
    return missSome()
  }
  line.push(
    () => lettersOf(event),
    (error) => {
      log.warn({ event: event.event, error: reasonOf(error) }, 'an event did not reach its streams')
      if (isOutage(error)) missSome()
    },
  )
}

const parting = new Set<Connection>()
let farewell: NodeJS.Timeout | undefined

/**
 * Something did not come here: whoever has a stream open now is told to come back, which makes apps read what they have
 * missed from the timelines. A few at a time, so that they do not all come back at one moment.
 */
export function missSome(): void {
  for (const connection of openConnections()) parting.add(connection)
  if (farewell || parting.size === 0) return
  log.warn({ streams: parting.size }, 'something was lost on its way to the streams; they begin anew')
  const atOnce = Math.ceil((parting.size * PACE) / SPREAD)
  farewell = setInterval(() => {
    for (const connection of [...parting].slice(0, atOnce)) {
      parting.delete(connection)
      connection.end('lost')
    }
    if (parting.size > 0) return
    clearInterval(farewell)
    farewell = undefined
  }, PACE).unref()
}

/**
 * What is due every five seconds: greetings, and a look at all tokens, as what was said of them may have been lost (R-203,
 * CVE-2025-62175). Gives when that is done.
 */
export async function pulse(): Promise<void> {
  beats += 1
  for (const connection of openConnections()) connection.pulse(beats)
  await check([...openConnections()])
}

// STRM-18. What only changed may still be enough; PostgreSQL knows.
function withdraw({ userId, tokenIds = [], isOver }: AccessChange): void {
  const concerned = [...openConnections()].filter(
    ({ viewer }) => viewer.userId === userId || tokenIds.includes(viewer.tokenId),
  )
  if (!isOver) return void check(concerned)
  for (const connection of concerned) connection.end('revoked')
}

async function check(connections: readonly Connection[]): Promise<void> {
  if (connections.length === 0) return
  try {
    const living = await livingTokens({}, [...new Set(connections.map(({ viewer }) => viewer.tokenId))])
    for (const connection of connections)
      if (!living.has(connection.viewer.tokenId)) connection.end('revoked')
  } catch (error) {
    log.warn({ error: reasonOf(error) }, 'the tokens of streams could not be checked; trying again soon')
  }
}

gauge('kith_streams', 'Open streams, by transport', ['transport'], () =>
  Map.groupBy(openConnections(), ({ transport }) => transport)
    .entries()
    .map(([transport, all]) => ({ labels: { transport }, value: all.length }))
    .toArray(),
)
