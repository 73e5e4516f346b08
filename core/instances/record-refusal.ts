import { rows } from '#platform/db'
import { log } from '#platform/log'

const PAUSE = 2000
const MOST = 500

let gathered = new Map<string, { host: string; reason: string; count: number }>()
let timer: NodeJS.Timeout | undefined

/**
 * Counts what was refused at the inbox by the host it says to be of and the reason, for `kith federation why` (federation
 * rule 234). Whoever is refused may name any host: what is counted in two seconds is bounded, and so is the table.
 */
export function recordRefusal(host: string, reason: string): void {
  const key = `${host} ${reason}`
  const known = gathered.get(key)
  if (known) known.count += 1
  else if (gathered.size < MOST) gathered.set(key, { host: host.slice(0, 255), reason, count: 1 })
  timer ??= setTimeout(() => void flushRefusals(), PAUSE).unref()
}

/** Writes down what was counted since the last time. */
export async function flushRefusals(): Promise<void> {
  clearTimeout(timer)
  timer = undefined
  const all = [...gathered.values()].sort((a, b) => (a.host + a.reason < b.host + b.reason ? -1 : 1))
  gathered = new Map()
  if (all.length === 0) return
  try {
    await rows(
      {},
      `INSERT INTO inbox_refusals (host, reason, count)
       SELECT host, reason, sum(count) FROM jsonb_to_recordset($1::jsonb) AS r (host text, reason text, count bigint)
       GROUP BY host, reason
       ON CONFLICT (host, reason) DO UPDATE SET count = inbox_refusals.count + excluded.count, last_at = now()`,
      [JSON.stringify(all)],
    )
  } catch (error) {
    // A count that is lost harms nobody; the metrics have it.
    log.debug({ error: Error.isError(error) ? error.message : String(error) }, 'refusals were not counted')
  }
}
