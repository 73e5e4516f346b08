import { domainToASCII } from 'node:url'

/**
 * Reads an e-mail address strictly: one @, no quotes, spaces or controls, at most 254 characters; the domain in lower
 * case and ASCII. Gives undefined for anything else (threats I9).
 */
export function parseEmail(text: string): string | undefined {
  const [, local, host] = /^([^\s@"'(),:;<>[\]\\\p{C}]{1,64})@([^\s@]+)$/u.exec(text.trim()) ?? []
  if (!local || !host || /^\.|\.\.|\.$/.test(local)) return undefined
  const domain = domainToASCII(host).toLowerCase()
  const isHost = /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/.test(domain)
  const email = `${local}@${domain}`
  return isHost && email.length <= 254 ? email : undefined
}
