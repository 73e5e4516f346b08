import { once } from 'node:events'
import { Redis } from 'ioredis'
import { WebSocket } from 'ws'
import { startBeside, startKith } from '#test/support/kiths'

type Frame = { event: string; payload: string }

/** Opens the user stream at `url`, and gives its next frame and the code it closes with. */
async function userStream(url: string, token: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/streaming?stream=user`, [token])
  const closed = once(socket, 'close').then(([code]) => Number(code))
  const frame = once(socket, 'message').then(([data]) => JSON.parse(String(data)) as Frame)
  await once(socket, 'open')
  return { closed, frame }
}

test('STRM-20 R-110 streams of a process of their own carry what happens in others, and are told when it stops', async () => {
  const kith = await startKith('streaming')
  const streaming = await startBeside(kith, 'streaming')
  try {
    const alice = await kith.member('alice')
    const streams = await Promise.all([streaming, kith].map(({ url }) => userStream(url, alice.token)))
    const { id } = await alice.post('/api/v1/statuses', { status: 'hello' })
    for (const { frame } of streams) {
      const { event, payload } = await frame
      expect([event, JSON.parse(payload).id]).toEqual(['update', id])
    }
    expect((await fetch(`${streaming.url}/api/v1/instance`)).status).toBe(404)
    const ends = await Promise.all([streaming.end(), kith.end()])
    expect(await Promise.all(streams.map(({ closed }) => closed))).toEqual([1001, 1001])
    expect(ends).toEqual([0, 0])
  } finally {
    await streaming.remove()
    await kith.remove()
  }
}, 60_000)

test('R-203 when Redis drops those who listen, streams of another process begin anew and miss nothing after that', async () => {
  const kith = await startKith('lost')
  const streaming = await startBeside(kith, 'streaming')
  const redis = new Redis(kith.redis)
  try {
    const alice = await kith.member('alice')
    const { closed } = await userStream(streaming.url, alice.token)
    await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
    expect(await closed).toBe(1012)
    const { frame } = await userStream(streaming.url, alice.token)
    const { id } = await alice.post('/api/v1/statuses', { status: 'back again' })
    const { event, payload } = await frame
    expect([event, JSON.parse(payload).id]).toEqual(['update', id])
  } finally {
    redis.disconnect()
    await streaming.remove()
    await kith.remove()
  }
}, 60_000)
