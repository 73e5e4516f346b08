import { getDomain } from 'tldts'
import { row } from '#platform/db'
import { RateLimit } from '#platform/rate-limit'
import { sharedMarks } from './shared-marks.ts'

const HOUR = 3600
const meetings = new RateLimit({ name: 'first-contacts', points: 10, seconds: HOUR })
const underWay = new Map<string, Promise<boolean>>()

/** The domain that somebody had to register to have this host; the host itself when there is none. */
export const registered = (host: string): string => getDomain(host, { allowPrivateDomains: true }) ?? host

/**
 * May this host be asked for something? One that was met before may; of new ones below one registered domain only ten in an
 * hour, for whoever has a domain has as many hosts as they like (federation rule 103, R-087, CVE-2022-46405).
 */
export function mayMeet(host: string): Promise<boolean> {
  // Many people of a new host may be heard at once, and long before the first of them is stored: they meet it once.
  const running = underWay.get(host) ?? look(host).finally(() => underWay.delete(host))
  underWay.set(host, running)
  return running
}

async function look(host: string): Promise<boolean> {
  const known = await row(
    {},
    'SELECT 1 FROM accounts WHERE domain = $1 UNION ALL SELECT 1 FROM instances WHERE domain = $1',
    [host],
  )
  if (known || (await sharedMarks.recall(`met ${host}`))) return true
  const { isOver } = await meetings.use(registered(host))
  if (!isOver) await sharedMarks.remember(`met ${host}`, 'yes', HOUR * 1000)
  return !isOver
}
