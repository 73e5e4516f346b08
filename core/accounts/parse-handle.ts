import { domainToASCII } from 'node:url'
import { instance } from '#config/instance'

/** `domain` is null for accounts of this instance, else in lower case and ASCII. */
export type Handle = { username: string; domain: string | null }

const isOurs = (domain: string): boolean => domain === instance.domain || domain === instance.webHost

/**
 * Reads `user`, `@user`, `user@domain` and `acct:user@domain`, with this instance's own domain too (ACCT-12). Gives
 * undefined for anything else.
 */
export function parseHandle(text: string): Handle | undefined {
  const [, username, host] =
    /^(?:acct:)?@?([\p{L}\p{N}_.~-]+)(?:@([^\s@/?#]+))?$/u.exec(text.normalize('NFKC').trim()) ?? []
  if (!username) return undefined
  if (host === undefined) return { username, domain: null }
  const [, name = '', port = ''] = /^(.*?)(:\d+)?$/.exec(host) ?? []
  const domain = domainToASCII(name).toLowerCase() + port
  if (!/^[a-z0-9]/.test(domain)) return undefined
  return { username, domain: isOurs(domain) ? null : domain }
}
