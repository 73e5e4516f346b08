import type { Ctx } from '#core/ctx'
import { type Dialect, heardDialect } from '#core/instances/dialect'
import { claimUnasked, recordSoftware } from '#core/instances/host-software'
import { isBarredDomain } from '#core/instances/instance.policy'
import { KithError } from '#platform/errors'
import { http } from '#platform/http'
import { FetchFailed } from '#platform/http-errors'
import { log } from '#platform/log'
import { isJson, type Json, objectsOf, sameOrigin, textOf } from './properties.ts'
import { readJson } from './read-json.ts'
import { checkOutgoing } from './signed-http.ts'

const AT_ONCE = 20
const ROUNDS = 5
const MOST_BYTES = 65_536

/**
 * Asks known hosts by NodeInfo what they run, each once a day, so that they are spoken to in their dialect (wire 4.3, G5; feature
 * nodeinfo-03). What cannot be had or read changes nothing.
 */
export async function learnSoftware(_ctx: Ctx): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const hosts = await claimUnasked(AT_ONCE)
    await Promise.all(hosts.map(learn))
    if (hosts.length < AT_ONCE) return
  }
}

/** The dialect of a host, which is asked now when nobody knows it: for what can be said once only. */
export async function askDialect(host: string): Promise<Dialect> {
  const heard = await heardDialect(host)
  if (heard) return heard
  await learn(host)
  return (await heardDialect(host)) ?? 'other'
}

async function learn(host: string): Promise<void> {
  if (await isBarredDomain(host)) return
  try {
    const isPlain = http.reach.allowPrivate && host.includes(':')
    const origin = `${isPlain ? 'http' : 'https'}://${host}`
    const { links } = await read(`${origin}/.well-known/nodeinfo`)
    const href = documentIn(links, origin)
    const { software } = href ? await read(href) : {}
    const name = isJson(software) ? textOf(software.name) : undefined
    if (isJson(software) && name)
      await recordSoftware(host, { name, version: textOf(software.version) ?? null })
  } catch (error) {
    if (!(error instanceof FetchFailed) && !(error instanceof KithError)) throw error
    log.debug({ host, error: error.message }, 'it does not say what it runs')
  }
}

// The newest of the versions that are known; some name them by a path alone.
function documentIn(links: unknown, origin: string): string | undefined {
  const named = objectsOf(links)
    .slice(0, 10)
    .map(({ rel, href }) => ({ version: /\/ns\/schema\/([12]\.\d)$/.exec(textOf(rel) ?? '')?.[1], href }))
    .filter(({ version }) => version)
    .toSorted((a, b) => (a.version! < b.version! ? 1 : -1))
  const href = textOf(named[0]?.href)
  const url = href === undefined ? undefined : URL.parse(href, origin)?.href
  return url && sameOrigin(url, origin) ? url : undefined
}

async function read(url: string): Promise<Json> {
  const { status, body } = await http.request({
    url: checkOutgoing(url),
    accept: 'application/json',
    deadlineMs: 10_000,
    maxBytes: MOST_BYTES,
  })
  if (status !== 200) throw new FetchFailed('status', url, `status ${status}`, { status })
  return readJson(body)
}
