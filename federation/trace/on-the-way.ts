import { isOurs } from '#core/addresses'
import { parseHandle } from '#core/accounts/parse-handle'
import { blockedDomains } from '#core/instances/blocked-domains.queries'
import { domainsAbove, isBarredDomain } from '#core/instances/instance.policy'
import { Invalid } from '#platform/errors'
import { http } from '#platform/http'
import { FetchFailed, type FetchProblem } from '#platform/http-errors'
import { hostOf } from '../properties.ts'
import { checkOutgoing } from '../signed-http.ts'
import { lookUpHandle } from '../webfinger-client.ts'
import { type Finding, look, ok, type Step, stop, type Walk } from './step.ts'

/** Is it a handle or an address, and of another server? */
export const addressStep: Step = {
  stage: 'address',
  look: async (walk) => {
    const ours = () => stop('it is of this instance: nothing is fetched', 'look for it here')
    if (/^https?:\/\//i.test(walk.text)) {
      if (isOurs(walk.text)) return ours()
      try {
        walk.url = checkOutgoing(walk.text).href
      } catch (error) {
        return stop(`it may not be asked for: ${detailOf(error)}`, 'give the whole address, with https://')
      }
      walk.host = new URL(walk.url).host
      return ok(`an address on ${walk.host}`)
    }
    const handle = parseHandle(walk.text)
    if (!handle)
      return stop('it is neither a handle nor an address', 'write @user@remote.example or https://…')
    if (handle.domain === null) return ours()
    walk.handle = { username: handle.username, domain: handle.domain }
    walk.host = handle.domain
    return ok(`${handle.username} on ${handle.domain}`)
  },
}

/** What the admins decided about its domain, or one above it. */
export const ruleStep: Step = { stage: 'block', look: ({ host }) => ruleOf(host!) }

/** What a rule about a host means for what comes from there. */
export async function ruleOf(host: string): Promise<Finding> {
  const above = domainsAbove(host)
  const rule = (await blockedDomains({})).find(({ domain }) => above.includes(domain))
  if (rule?.severity !== 'suspend' && (await isBarredDomain(host)))
    return stop(
      `only allowed domains are spoken with, and ${host} is none`,
      'allow it with "kith domains allow", or speak with all: "kith config set federation open"',
    )
  if (!rule) return ok(`no rule about ${host}`)
  if (rule.severity === 'suspend')
    return stop(
      `${rule.domain} is suspended here`,
      'nothing is fetched, taken or sent until that rule is lifted',
    )
  return look(`${rule.domain} is limited here`, 'its posts are shown to followers only')
}

/** Does its name lead to an address that may be reached? */
export const dnsStep: Step = {
  stage: 'DNS',
  look: async ({ host }) => {
    const name = new URL(`https://${host}`).hostname
    try {
      return ok(`${name} is at ${(await http.addressesOf(name)).join(', ')}`)
    } catch (error) {
      if (!(error instanceof FetchFailed)) throw error
      return error.problem === 'dns'
        ? stop(
            `${name} has no address (${error.detail})`,
            'the name is wrong, or its name servers are out of order',
          )
        : stop(`${name} leads to an address that is not public`, 'nothing to do here: such are never asked')
    }
  },
}

/** Does it answer at all, and does its clock agree with ours? */
export const connectionStep: Step = {
  stage: 'TLS',
  look: async (walk) => {
    const began = performance.now()
    try {
      const { headers, url } = await knock(walk)
      const took = Math.round(performance.now() - began)
      const skew = Math.round((Date.parse(String(headers.date)) - Date.now()) / 1000)
      if (Math.abs(skew) > 300)
        return look(
          `it answers, but its clock is ${Math.abs(skew)} s ${skew > 0 ? 'ahead' : 'behind'}`,
          'signatures fail on either side: set the clock that is wrong',
        )
      return ok(`${new URL(url).protocol.slice(0, -1)} in ${took} ms`)
    } catch (error) {
      if (!(error instanceof FetchFailed)) throw error
      return stop(`${error.problem}: ${error.detail}`, connectionAdvice[error.problem] ?? 'try again later')
    }
  },
}

const connectionAdvice: Partial<Record<FetchProblem, string>> = {
  tls: 'its certificate is not valid; its admin must renew it',
  connection: 'nothing listens there: it is down, or keeps this machine out',
  timeout: 'it is down or overloaded, or a firewall drops what this machine sends',
  busy: 'this instance has too much under way; try again',
}

// Plain HTTP is for servers on one machine or in one private network, as with WebFinger.
async function knock({ url, host }: Walk) {
  const path = '/.well-known/nodeinfo'
  const ask = (origin: string) =>
    http.request({ url: new URL(path, origin), accept: 'application/json', deadlineMs: 10_000, isCut: true })
  if (url) return ask(url)
  try {
    return await ask(`https://${host}`)
  } catch (error) {
    if (!http.reach.allowPrivate || !(error instanceof FetchFailed)) throw error
    return ask(`http://${host}`)
  }
}

/** Does its domain name an actor for the handle? */
export const webfingerStep: Step = {
  stage: 'WebFinger',
  look: async (walk) => {
    if (!walk.handle) return ok('not needed for an address')
    const { username, domain } = walk.handle
    try {
      const { id, handle } = await lookUpHandle(walk.handle)
      walk.url = id
      walk.host = hostOf(id) ?? walk.host!
      const rule = await ruleOf(walk.host)
      return rule.verdict === 'stops here' ? rule : ok(`${handle.username}@${handle.domain} is ${id}`)
    } catch (error) {
      if (!(error instanceof FetchFailed || error instanceof Invalid)) throw error
      if (error instanceof FetchFailed && error.status === 404)
        return stop(`${domain} knows no ${username} (404)`, 'look at the spelling; the account may be gone')
      return stop(detailOf(error), `${domain} must answer /.well-known/webfinger for it; tell its admin`)
    }
  },
}

/** What an error says to an admin. */
export const detailOf = (error: unknown): string =>
  error instanceof FetchFailed ? error.detail : Error.isError(error) ? error.message : String(error)
