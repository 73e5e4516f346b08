import { type RemoteInfo, createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createPublicResolver, resolveLocalHost } from '#platform/resolve-host'

const socket = createSocket('udp4')
const asked: string[] = []
let answer: (name: string, type: number) => Buffer[] | 'nothing' | 'silence'

// The question as it came, then each address as an answer that points back at its name.
const reply = (query: Buffer, found: Buffer[] | 'nothing') => {
  const addresses = found === 'nothing' ? [] : found
  const head = Buffer.from(query.subarray(0, 12))
  head.writeUInt16BE(found === 'nothing' ? 0x8183 : 0x8180, 2)
  head.writeUInt16BE(addresses.length, 6)
  head.writeUInt32BE(0, 8)
  const records = addresses.map((bytes) => {
    const fixed = Buffer.from([0xc0, 0x0c, 0, bytes.length === 4 ? 1 : 28, 0, 1, 0, 0, 0, 0, 0, bytes.length])
    return Buffer.concat([fixed, bytes])
  })
  return Buffer.concat([head, query.subarray(12, endOfQuestion(query)), ...records])
}
const endOfQuestion = (query: Buffer) => query.indexOf(0, 12) + 5

let resolve: ReturnType<typeof createPublicResolver>
beforeAll(async () => {
  socket.on('message', (query: Buffer, from: RemoteInfo) => {
    const name = query.toString('latin1', 13, query.indexOf(0, 12))
    asked.push(name)
    const found = answer(name, query.readUInt16BE(endOfQuestion(query) - 4))
    if (found !== 'silence') socket.send(reply(query, found), from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  resolve = createPublicResolver([`127.0.0.1:${socket.address().port}`])
})
afterAll(() => socket.close())

test('addresses of both families are found', async () => {
  answer = (_, type) => [type === 1 ? Buffer.from([192, 0, 2, 7]) : Buffer.alloc(16, 1)]
  expect(await resolve('both.test')).toEqual(['192.0.2.7', '101:101:101:101:101:101:101:101'])
})

test('R-090: of many addresses the first eight are taken', async () => {
  answer = (_, type) =>
    type === 1 ? Array.from({ length: 25 }, (_, at) => Buffer.from([192, 0, 2, at])) : []
  expect(await resolve('many.test')).toHaveLength(8)
})

test('R-090: a name that does not exist is asked for once a minute', async () => {
  answer = () => 'nothing'
  const tries = async () =>
    expect(resolve('missing.test')).rejects.toMatchObject({ problem: 'dns', detail: 'ENOTFOUND' })
  await tries()
  const before = asked.length
  await tries()
  expect(asked.length).toBe(before)
})

test('R-090: a name server that does not answer costs at most three seconds', async () => {
  answer = () => 'silence'
  const start = performance.now()
  await expect(resolve('silent.test')).rejects.toMatchObject({ problem: 'dns' })
  expect(performance.now() - start).toBeLessThan(3_300)
})

test('the local resolver knows what the hosts file knows', async () => {
  expect(await resolveLocalHost('localhost')).toEqual(
    expect.arrayContaining([expect.stringMatching(/^(127\.0\.0\.1|::1)$/)]),
  )
  await expect(resolveLocalHost('nowhere.invalid')).rejects.toMatchObject({ problem: 'dns' })
})
