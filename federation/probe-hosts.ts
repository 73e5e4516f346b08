import { claimUnavailable } from '#core/instances/host-state'
import { isBarredDomain } from '#core/instances/instance.policy'
import type { Ctx } from '#core/ctx'
import { http } from '#platform/http'
import { FetchFailed } from '#platform/http-errors'
import { log } from '#platform/log'
import { hearFrom } from './hear-from.ts'
import { readJson } from './read-json.ts'

const AT_ONCE = 20

/**
 * Asks hosts that were given up whether they are back: a day after the last time, after 90 days once a week. Those that
 * are get what was kept for them.
 */
export async function probeHosts(_ctx: Ctx): Promise<void> {
  for (;;) {
    const hosts = await claimUnavailable(AT_ONCE)
    await Promise.all(hosts.map(probe))
    if (hosts.length < AT_ONCE) return
  }
}

async function probe(host: string): Promise<void> {
  if (await isBarredDomain(host)) return
  if (await isThere(host)) await hearFrom(host)
}

// Whoever holds a domain answers 200; only a server of the fediverse has this document.
async function isThere(host: string): Promise<boolean> {
  const scheme = http.reach.allowPrivate ? 'http' : 'https'
  try {
    const { status, body } = await http.request({
      url: `${scheme}://${host}/.well-known/nodeinfo`,
      accept: 'application/json',
      deadlineMs: 10_000,
    })
    return status === 200 && Array.isArray(readJson(body).links)
  } catch (error) {
    log.debug({ host, error: error instanceof FetchFailed ? error.detail : String(error) }, 'still away')
    return false
  }
}
