import { domainToASCII } from 'node:url'
import { limits } from '#config/limits'
import type { Problem } from '../field-problems.ts'

const host = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+$/

/**
 * Reads the sites that may name a member as their author: hosts in ASCII and lower case, each once, blank ones dropped.
 * People paste addresses, so scheme and path are taken away. Gives what is wrong with them too.
 */
export function readDomains(typed: readonly string[]): { list: string[]; problems: Problem[] } {
  const hosts = typed
    .map((text) =>
      text
        .trim()
        .replace(/^https?:\/\//i, '')
        .replace(/\/.*$/s, '')
        .replace(/^\*\./, ''),
    )
    .filter((text) => text !== '')
  const list = [...new Set(hosts.map((text) => domainToASCII(text).toLowerCase()))]
  const isWrong = list.some((domain) => !host.test(domain)) || list.length > limits.profile.attributionDomains
  return { list, problems: isWrong ? [['attribution_domains', 'ERR_INVALID']] : [] }
}
