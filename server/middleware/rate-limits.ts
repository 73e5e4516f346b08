import type { Request, Response } from 'express'
import { rates } from '#config/rates'
import type { Actor } from '#core/actor'
import { addressKey } from '#platform/address-key'
import { TooMany } from '#platform/errors'
import { RateLimit, type Use } from '#platform/rate-limit'
import type { LimitName, Route } from '../routes.ts'
import { paramsOf } from './read-body.ts'

const MINUTES = 60
const HOURS = 3600
const many = (name: string, points: number, seconds: number) =>
  new RateLimit({ name, points: points * rates.factor, seconds })
const strict = (name: string, points: number, seconds: number) =>
  new RateLimit({ name, points, seconds, failsClosed: true })

const byToken = many('token', 300, 5 * MINUTES)
const byUser = many('user', 1500, 5 * MINUTES)
const byAddress = many('ip', 300, 5 * MINUTES)
const paging = many('paging', 300, 15 * MINUTES)

/** What one route counts against, by member (else by address); the numbers of RATE-02 to RATE-07 and threats 11. */
const named: Record<LimitName, RateLimit> = {
  uploads: many('uploads', 30, 30 * MINUTES),
  deleting: many('deleting', 30, 30 * MINUTES),
  posting: many('posting', 300, 3 * HOURS),
  follows: many('follows', 400, 24 * HOURS),
  pages: many('pages', 300, 5 * MINUTES),
  reports: many('reports', 400, 24 * HOURS),
  apps: many('apps', 5, 10 * MINUTES),
  tokens: many('tokens', 60, 5 * MINUTES),
  // RATE-06 says 30 of a proxy that sees the rest that could not be stored; here it is the first look at everything, by
  // signed addresses only, and what is stored already does not count.
  'media-proxy': many('media-proxy', 300, 10 * MINUTES),
  'sign-up': strict('sign-up', 5, 30 * MINUTES),
  confirmations: strict('confirmations', 25, 5 * MINUTES),
  'confirmations-user': strict('confirmations-user', 5, 30 * MINUTES),
  resets: strict('resets', 10, HOURS),
  // What makes Kith ask other servers on somebody's word (CVE-2021-27329).
  resolves: many('resolves', 30, 5 * MINUTES),
}

/** How often a limit lets through what, for those who ask before they try. */
export const limitTerms = (name: LimitName): { points: number; seconds: number } => named[name].terms

/** Counts one call against a limit, by any key. Throws TooMany, or Unavailable for those that fail closed. */
export const takeLimit = (name: LimitName, key: string): Promise<void> => named[name].take(key)

/** The same by the address that a call came from. */
export const takeLimitOf = (name: LimitName, { ip = '' }: { ip?: string | undefined }): Promise<void> =>
  takeLimit(name, addressKey(ip))

const cursors = ['page', 'max_id', 'min_id', 'since_id']

/**
 * Counts a call against everything it is limited by (RATE-01 to RATE-07) and says in headers how much of the tightest
 * limit is left (RATE-08). Throws TooMany (RATE-09).
 */
export async function limitCall(actor: Actor, route: Route, req: Request, res: Response): Promise<void> {
  const person = actor.kind === 'person' ? actor : undefined
  const address = addressKey(req.ip ?? '')
  const who = person?.userId ?? address
  const params = paramsOf(req)
  const uses = await Promise.all([
    ...(person
      ? [byToken.use(person.tokenId ?? `session:${person.userId}`), byUser.use(person.userId)]
      : [byAddress.use(address)]),
    ...(cursors.some((name) => Object.hasOwn(params, name)) ? [paging.use(who)] : []),
    ...(route.limit ? [named[route.limit].use(who)] : []),
  ])
  tell(res, uses)
}

/** Counts a call of somebody whose token was refused. */
export const limitStranger = async (req: Request, res: Response): Promise<void> =>
  tell(res, [await byAddress.use(addressKey(req.ip ?? ''))])

function tell(res: Response, uses: Use[]): void {
  const [tightest] = uses.toSorted(
    (a, b) => Number(b.isOver) - Number(a.isOver) || a.remaining / a.limit - b.remaining / b.limit,
  )
  if (!tightest) return
  res.setHeader('X-RateLimit-Limit', tightest.limit)
  res.setHeader('X-RateLimit-Remaining', tightest.remaining)
  // Six fraction digits, as the API has them (RATE-08).
  res.setHeader('X-RateLimit-Reset', tightest.resetAt.toISOString().replace('Z', '000Z'))
  if (tightest.isOver) throw new TooMany(tightest.resetAt)
}
