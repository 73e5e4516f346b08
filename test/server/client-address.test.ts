import type { AddressInfo } from 'node:net'
import { request as open } from 'node:http'
import { buildApp } from '#server/app'
import { serve } from '#server/serve'
import { baseUrl } from '#test/support/client'

type Sent = Record<string, string | string[]>

/** How much of its limit somebody who sends these headers has left, and the status. */
const ask = (url: string, headers: Sent): Promise<{ left: number; status: number }> =>
  new Promise((resolve, reject) => {
    const outgoing = open(`${url}/api/v1/custom_emojis`, { headers, agent: false }, (answer) => {
      answer.resume()
      const left = Number(answer.headers['x-ratelimit-remaining'])
      answer.once('end', () => resolve({ left, status: answer.statusCode ?? 0 }))
    })
    outgoing.on('error', reject).end()
  })

/** An address that no other call has, as a client may make one up. */
let made = 0
const other = () => `198.18.${(made += 1) >> 8}.${made & 255}`

const others = [
  'Forwarded',
  'X-Real-IP',
  'CF-Connecting-IP',
  'True-Client-IP',
  'X-Client-IP',
  'Client-IP',
  'Fastly-Client-IP',
  'X-Forwarded',
  'X-Cluster-Client-IP',
  'Via',
  'X-Original-Forwarded-For',
]

/** What clients try; `hop` is what the proxies in front add, nearest last. */
const crafted = (hop: string[]): Sent[] => {
  const chain = (...before: string[]) => ({ 'X-Forwarded-For': [...before, ...hop].join(', ') })
  const plain = hop.length > 0 ? chain() : {}
  return [
    chain(other()),
    chain(other(), other(), other()),
    chain('127.0.0.1', other(), '::1'),
    { 'X-Forwarded-For': [other(), ...hop] },
    ...others.map((name) =>
      Object.assign({ [name]: name === 'Forwarded' ? `for=${other()};proto=https` : other() }, plain),
    ),
    { ...plain, 'X-Real-IP': [other(), other()] },
  ]
}

/** A server that believes these proxies. */
async function trusting(proxies: string[] | false): Promise<string> {
  const app = await buildApp()
  app.set('trust proxy', proxies)
  const server = serve(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const ways: [string, () => Promise<string>, string[]][] = [
  ['no proxy', () => trusting(false), []],
  ['one proxy, as it comes', baseUrl, ['192.0.2.7']],
  ['two proxies', () => trusting(['loopback', '192.0.2.0/24']), ['203.0.113.8', '192.0.2.9']],
]

test.each(ways)(
  'CVE-2023-49952: behind %s no header changes the address that somebody is counted by, up to the last call and the one too many',
  async (_what, start, hop) => {
    const url = await start()
    const plain: Sent = hop.length > 0 ? { 'X-Forwarded-For': hop.join(', ') } : {}
    const { left: first } = await ask(url, plain)
    let left = first
    for (const headers of crafted(hop)) {
      const found = await ask(url, headers)
      expect([headers, found.left]).toEqual([headers, left - 1])
      left = found.left
    }
    while (left > 0) left = (await ask(url, crafted(hop)[left % 15]!)).left
    const statuses = []
    for (const headers of crafted(hop)) statuses.push((await ask(url, headers)).status)
    expect(new Set(statuses)).toEqual(new Set([429]))
  },
)
