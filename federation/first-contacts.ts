import { getDomain } from 'tldts'
import { rates } from '#config/rates'
import { recordRefusal } from '#core/instances/record-refusal'
import { now } from '#platform/clock'
import { row } from '#platform/db'
import { TooMany } from '#platform/errors'
import { lru } from '#platform/lru'
import { RateLimit, type Use } from '#platform/rate-limit'
import { count } from './counters.ts'
import { sharedMarks } from './shared-marks.ts'

const HOUR = 3600
const limit = (name: string, points: number): RateLimit =>
  new RateLimit({ name, points: points * rates.factor, seconds: HOUR })

/** What may be new in an hour of one registered domain while it is known for less than thirty days. */
export const contactLimits = {
  hosts: limit('first-contacts', 10),
  actors: limit('first-actors', 100),
  fetches: limit('first-fetches', 1000),
}

const met = lru<'old' | 'young'>(20_000, 10 * 60)
const spent = lru<Date>(20_000)
const meetings = new Map<string, Promise<Use | undefined>>()

/** The domain that somebody had to register to have this host; the host itself when there is none. */
export const registered = (host: string): string => getDomain(host, { allowPrivateDomains: true }) ?? host

/**
 * May this host be asked for something, or for the new actor at an address? Whoever has a domain has as many hosts and actors as
 * they like: of one that is known for less than thirty days ten new hosts are met in an hour, a hundred new actors, and a
 * thousand documents fetched (federation rule 103, R-087, CVE-2022-46405). Throws TooMany, which says when to come again.
 */
export async function assertMayAsk(host: string, { newActor }: { newActor?: string } = {}): Promise<void> {
  const seen = await acquaintance(host)
  if (seen === 'old') return
  const domain = registered(host)
  if (seen === undefined) assertLeft(await meet(host), host, 'new-hosts')
  const until = spent.get(domain)
  if (until && until > now()) refuse(host, 'new-fetches', until)
  if (newActor === undefined || (await sharedMarks.recall(`new ${newActor}`))) return
  assertLeft(await contactLimits.actors.use(domain), host, 'new-actors')
  // It is asked for more than once until it is stored: for its key, and for itself.
  await sharedMarks.remember(`new ${newActor}`, 'yes', HOUR * 1000)
}

/** Counts a request that goes out to a host for a document, each redirect by itself; `assertMayAsk` refuses what is too much. */
export async function countFetch(host: string): Promise<void> {
  if ((await acquaintance(host)) === 'old') return
  const { isOver, resetAt } = await contactLimits.fetches.use(registered(host))
  if (isOver) spent.set(registered(host), resetAt, { ttl: Math.max(1, resetAt.getTime() - Date.now()) })
}

/** By when it was first heard of it, or of a host above it below the same registration; undefined for nobody known. */
async function acquaintance(host: string): Promise<'old' | 'young' | undefined> {
  const kept = met.get(host)
  if (kept) return kept
  const found = await row<{ isOld: boolean; isKnown: boolean }>(
    {},
    `SELECT EXISTS (SELECT FROM instances WHERE domain = ANY ($2) AND first_contact_at < now() - interval '30 days') AS "isOld",
       EXISTS (SELECT FROM accounts WHERE domain = $1 UNION ALL SELECT FROM instances WHERE domain = $1) AS "isKnown"`,
    [host, upToRegistered(host)],
  )
  const seen = found?.isOld ? 'old' : found?.isKnown ? 'young' : undefined
  if (seen) met.set(host, seen)
  return seen
}

function upToRegistered(host: string): string[] {
  const labels = host.replace(/:\d+$/, '').split('.')
  const least = registered(host).split('.').length
  return [host, ...labels.map((_, at) => labels.slice(at).join('.')).slice(0, labels.length - least + 1)]
}

// Many people of a new host may be heard at once, and long before the first of them is stored: they meet it once.
function meet(host: string): Promise<Use | undefined> {
  const running = meetings.get(host) ?? meetOnce(host).finally(() => meetings.delete(host))
  meetings.set(host, running)
  return running
}

async function meetOnce(host: string): Promise<Use | undefined> {
  if (await sharedMarks.recall(`met ${host}`)) return undefined
  const use = await contactLimits.hosts.use(registered(host))
  if (!use.isOver) await sharedMarks.remember(`met ${host}`, 'yes', HOUR * 1000)
  return use
}

function assertLeft(use: Use | undefined, host: string, why: string): void {
  if (use?.isOver) refuse(host, why, use.resetAt)
}

function refuse(host: string, why: string, until: Date): never {
  count('refused', why)
  recordRefusal(host, why)
  throw new TooMany(until)
}
