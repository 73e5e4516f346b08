import { timingSafeEqual } from 'node:crypto'
import { Router, type Request } from 'express'
import { hostsByState } from '#core/instances/host-report.queries'
import { poolUse } from '#platform/db'
import { gauge, metricsText, metricsType } from '#platform/metrics'
import { metricsToken } from '#platform/metrics-token'
import { type OwedFigures, owedFigures } from '#platform/owed-figures'
import { Refused } from './middleware/answer-errors.ts'

const states = ['waiting', 'running', 'retrying', 'dead'] as const

let read: { at: number; figures: Promise<OwedFigures[]> } | undefined

// Two gauges are made of one count.
function figures(): Promise<OwedFigures[]> {
  if (!read || performance.now() - read.at > 500) read = { at: performance.now(), figures: owedFigures() }
  return read.figures
}

gauge('kith_owed_work', 'Owed work, by kind and state', ['kind', 'state'], async () =>
  (await figures()).flatMap((each) =>
    states.map((state) => ({ labels: { kind: each.kind, state }, value: each[state] })),
  ),
)

gauge('kith_owed_work_oldest_seconds', 'How long the oldest work has been due, by kind', ['kind'], async () =>
  (await figures()).map(({ kind, oldestDue }) => ({ labels: { kind }, value: oldestDue ?? 0 })),
)

gauge('kith_hosts', 'Other servers, by how they behave', ['state'], async () =>
  (await hostsByState()).map(({ state, hosts }) => ({ labels: { state }, value: hosts })),
)

gauge(
  'kith_database_connections',
  'Connections to PostgreSQL, and queries that wait for one',
  ['state'],
  () => Object.entries(poolUse()).map(([state, value]) => ({ labels: { state }, value })),
)

const forwarding = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via']

// A reverse proxy on the same machine is on loopback, too, but the one who asks is not.
const isNear = (req: Request): boolean =>
  /^(::ffff:)?127\.|^::1$/.test(req.socket.remoteAddress ?? '') &&
  forwarding.every((name) => req.headers[name] === undefined)

function hasToken({ headers }: Request): boolean {
  const given = Buffer.from(/^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '')
  const wanted = Buffer.from(metricsToken())
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

/** `GET /metrics` for Prometheus: on loopback, or with the token that `kith metrics token` shows. */
export const metrics = Router().get('/metrics', async (req, res) => {
  if (!isNear(req) && !hasToken(req))
    throw new Refused(401, 'Metrics need the token of "kith metrics token"', { 'WWW-Authenticate': 'Bearer' })
  res.set('Content-Type', metricsType).send(await metricsText())
})
