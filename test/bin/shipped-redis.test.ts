import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Redis } from 'ioredis'
import { redisExposure } from '#platform/redis-exposure'
import { findRedis } from '../../bin/launch/redis.mjs'
import { eventually, freePort, startKith } from '#test/support/kiths'

const compose = readFileSync('docker-compose.yml', 'utf8')
const password = 'f00dface'
const started: { child: ChildProcess; clients: Redis[] }[] = []

/** One service as the compose file describes it. */
const service = (name: string): string =>
  new RegExp(`^ {2}${name}:\\n((?: {4}.*\\n|\\n)+)`, 'm').exec(compose)?.[1] ?? ''

/** What the compose file starts Redis with. */
const shipped = [
  ...(/ {4}command:\n((?: {6}- .*\n)+)/.exec(service('redis'))?.[1] ?? '').matchAll(/- (.*)\n/g),
]
  .map(([, word = '']) => word.replaceAll("'", '').replace('${REDIS_PASSWORD}', password))
  .slice(1)

/** Starts a Redis on a port of loopback, as a host without a firewall would show it; gives its port and a way in. */
async function start(args: string[]) {
  const port = await freePort()
  const { program, env } = findRedis()!
  const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', '/tmp', '--appendonly', 'no']
  const child = spawn(program, [...args, ...own], { env: { ...env, PATH: '/usr/bin' }, stdio: 'ignore' })
  const clients: Redis[] = []
  started.push({ child, clients })
  const connect = (credentials: { username?: string; password?: string } = {}): Redis => {
    const client = new Redis({ host: '127.0.0.1', port, ...credentials, enableReadyCheck: false })
    client.on('error', () => undefined)
    clients.push(client)
    return client
  }
  const probe = connect()
  await eventually(() => probe.ping().catch(({ message }: Error) => /NOAUTH/.test(message)))
  return { port, connect }
}

afterAll(async () => {
  for (const { child, clients } of started) {
    for (const client of clients) client.disconnect()
    child.kill()
    await once(child, 'exit')
  }
})

test('HACHYDERM-REDIS-2023: of the services of the compose file only the proxy can be reached from outside', () => {
  const names = [...compose.slice(compose.indexOf('services:')).matchAll(/^ {2}([\w-]+):$/gm)].map(
    ([, name]) => name!,
  )
  const services = names.slice(0, names.indexOf('inside'))
  expect(services).toEqual(expect.arrayContaining(['web', 'postgres', 'redis', 'elasticsearch', 'proxy']))
  const open = services.filter((name) => /^ {4}(ports|network_mode):/m.test(service(name)))
  expect(open).toEqual(['proxy'])
  for (const name of ['postgres', 'redis', 'elasticsearch'])
    expect(service(name)).toMatch(/^ {4}networks: \[inside\]$/m)
  expect(service('postgres')).toContain('POSTGRES_PASSWORD: ${POSTGRES_PASSWORD}')
})

test('HACHYDERM-REDIS-2023: the Redis of the compose file lets nobody in without the password, and whoever has it cannot harm it', async () => {
  const { connect } = await start(shipped)
  const strangers = [connect(), connect({ password }), connect({ username: 'kith', password: 'guess' })]
  for (const stranger of strangers) await expect(stranger.get('x')).rejects.toThrow(/NOAUTH|WRONGPASS/)
  const kith = connect({ username: 'kith', password })
  expect(await kith.set('x', 'y')).toBe('OK')
  const harmful = [
    ['flushall'],
    ['flushdb'],
    ['keys', '*'],
    ['config', 'set', 'dir', '/tmp'],
    ['replicaof', 'evil.test', '6379'],
    ['slaveof', 'evil.test', '6379'],
    ['debug', 'sleep', '0'],
    ['shutdown'],
    ['module', 'load', '/tmp/x.so'],
    ['migrate', '127.0.0.1', '1', 'x', '0', '1'],
    ['acl', 'setuser', 'mal', 'on'],
    ['monitor'],
    ['save'],
  ] as const
  for (const [command, ...args] of harmful)
    await expect(kith.call(command, ...args)).rejects.toThrow(/NOPERM|not allowed/)
  expect(await kith.get('x')).toBe('y')
})

test('HACHYDERM-REDIS-2023: Kith runs with no more than that, and its own Redis listens on no port', async () => {
  const { port } = await start(shipped)
  const house = await startKith('tame', { REDIS_URL: `redis://kith:${password}@127.0.0.1:${port}` })
  try {
    const alice = await house.member('alice')
    await alice.post('/api/v1/statuses', { status: 'hello' })
    await eventually(async () => (await alice.get<unknown[]>('/api/v1/timelines/home')).length === 1, 15_000)
    expect(house.output).not.toContain('NOPERM')
    const ready = await fetch(`${house.url}/health/ready`)
    expect(ready.status).toBe(200)
    expect(await house.cli('queue', 'status')).not.toContain('NOPERM')
  } finally {
    await house.remove()
  }
  const launcher = readFileSync('bin/launch/redis.mjs', 'utf8')
  expect(launcher).toMatch(/'--port', '0', '--unixsocket'[^\n]*'--unixsocketperm', '700'/)
}, 120_000)

test('HACHYDERM-REDIS-2023: the start says so when Redis answers anybody on a public address, and only then', async () => {
  const [open, closed] = [await start([]), await start(shipped)]
  const everywhere = () => true
  const said = await redisExposure(`redis://kith:${password}@localhost:${open.port}`, everywhere)
  expect(said).toContain(`Redis at localhost:${open.port} answers anybody on a public address`)
  expect(said).not.toContain(password)
  expect(await redisExposure(`redis://kith:${password}@localhost:${closed.port}`, everywhere)).toBeUndefined()
  expect(await redisExposure(`redis://localhost:${open.port}`)).toBeUndefined()
  expect(await redisExposure('/run/redis.sock', everywhere)).toBeUndefined()
  expect(await redisExposure(`redis://localhost:${await freePort()}`, everywhere)).toBeUndefined()
})
