import { isIPv6 } from 'node:net'

/** The address that a client is counted by: all of one IPv6 network (/64) count as one (RATE-01). */
export function addressKey(ip: string): string {
  if (!isIPv6(ip)) return ip
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (v4) return v4
  const [head = '', tail] = ip.replace(/%.*$/, '').split('::')
  const [front, back] = [head.split(':').filter(Boolean), (tail ?? '').split(':').filter(Boolean)]
  const middle = tail === undefined ? [] : Array<string>(8 - front.length - back.length).fill('0')
  const all = [...front, ...middle, ...back].map((group) => Number.parseInt(group, 16))
  const [high = 0, low = 0] = all.slice(6)
  // The same address as IPv4 writes it, whichever way it is mapped (CVE-2026-30827).
  if (all.slice(0, 5).every((group) => group === 0) && all[5] === 0xffff)
    return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  const groups = all.slice(0, 4)
  return groups.map((group) => group.toString(16)).join(':')
}
