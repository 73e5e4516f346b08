import { getDomain } from 'tldts'
import { row } from '#platform/db'
import { RateLimit } from '#platform/rate-limit'

const meetings = new RateLimit({ name: 'first-contacts', points: 10, seconds: 3600 })

/**
 * May this host be asked for something? One that was met before may; of new ones below one registered domain only ten in an
 * hour, for whoever has a domain has as many hosts as they like (federation rule 103, R-087, CVE-2022-46405).
 */
export async function mayMeet(host: string): Promise<boolean> {
  const known = await row(
    {},
    'SELECT 1 FROM accounts WHERE domain = $1 UNION ALL SELECT 1 FROM instances WHERE domain = $1',
    [host],
  )
  if (known) return true
  const { isOver } = await meetings.use(getDomain(host, { allowPrivateDomains: true }) ?? host)
  return !isOver
}
