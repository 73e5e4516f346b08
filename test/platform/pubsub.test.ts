import { setTimeout as sleep } from 'node:timers/promises'
import { giveSigns, publish, publishAfter, subscribe } from '#platform/pubsub'
import { connectRedis, openRedis } from '#platform/redis'
import { transact } from '#platform/transact'

type Said = { text: string }
const other = connectRedis({ lazyConnect: false, enableOfflineQueue: true })

beforeAll(openRedis)
afterAll(() => other.disconnect())

const until = async (isTrue: () => boolean) => {
  for (let at = 0; at < 200 && !isTrue(); at += 1) await sleep(10)
}

test('what is published is heard at once in the same process, and once', async () => {
  const heard: string[] = []
  const stop = subscribe<Said>('news', ({ text }) => heard.push(text))
  await publish('news', { text: 'one' })
  expect(heard).toEqual(['one'])
  await sleep(50)
  expect(heard).toEqual(['one'])
  stop()
  await publish('news', { text: 'two' })
  expect(heard).toEqual(['one'])
})

test('what another process publishes is heard here', async () => {
  const heard: string[] = []
  const stop = subscribe<Said>('news', ({ text }) => heard.push(text))
  const envelope = JSON.stringify({ from: 'elsewhere', message: { text: 'hello' } })
  await until(() => {
    void other.publish('kith:topic:news', envelope)
    return heard.length > 0
  })
  expect(heard).toContain('hello')
  stop()
})

test('what a transaction says is heard when it is committed, and never when it is not', async () => {
  const heard: string[] = []
  const stop = subscribe<Said>('news', ({ text }) => heard.push(text))
  await transact({}, async (ctx) => {
    await publishAfter(ctx, 'news', { text: 'kept' })
    expect(heard).toEqual([])
  })
  await until(() => heard.length > 0)
  const failing = transact({}, async (ctx) => {
    await publishAfter(ctx, 'news', { text: 'lost' })
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  await sleep(30)
  expect(heard).toEqual(['kept'])
  stop()
})

test('a listener that fails does not keep the message from the others', async () => {
  const heard: string[] = []
  const stops = [
    subscribe<Said>('news', () => {
      throw new Error('broken')
    }),
    subscribe<Said>('news', ({ text }) => heard.push(text)),
  ]
  await publish('news', { text: 'still' })
  expect(heard).toEqual(['still'])
  for (const stop of stops) stop()
})

describe('R-203 what was lost on its way is noticed', () => {
  let gaps = 0
  const heard: string[] = []
  let stop: () => void
  const from = () => ({ from: `other ${Math.random()}`, born: Date.now() - 60_000 })
  const say = (stamp: object, seq: number, text?: string) =>
    other.publish(
      'kith:topic:news',
      JSON.stringify({ ...stamp, seq, ...(text === undefined ? {} : { message: { text } }) }),
    )

  beforeEach(async () => {
    gaps = 0
    heard.length = 0
    stop = subscribe<Said>(
      'news',
      ({ text }) => heard.push(text),
      () => (gaps += 1),
    )
    const probe = from()
    await until(() => {
      void say(probe, 1, 'probe')
      return heard.length > 0
    })
  })
  afterEach(() => stop())

  test('when the next message is not the one after the last', async () => {
    const stamp = from()
    for (const seq of [7, 8, 9]) await say(stamp, seq, `${seq}`)
    await until(() => heard.includes('9'))
    expect(gaps).toBe(0)
    await say(stamp, 11, '11')
    await until(() => heard.includes('11'))
    expect(gaps).toBe(1)
  })

  test('when the sender shows that it has said more', async () => {
    const stamp = from()
    await say(stamp, 1, '1')
    await say(stamp, 1)
    await say(stamp, 2, '2')
    await until(() => heard.includes('2'))
    expect(gaps).toBe(0)
    await say(stamp, 3)
    await until(() => gaps > 0)
    await say(stamp, 3)
    await say(stamp, 4, '4')
    await until(() => heard.includes('4'))
    expect(gaps).toBe(1)
  })

  test('when the first of a sender who came later than we did is missing', async () => {
    const stamp = { ...from(), born: Date.now() + 60_000 }
    await say(stamp, 2, '2')
    await until(() => heard.includes('2'))
    expect(gaps).toBe(1)
  })

  test('when Redis was away', async () => {
    await other.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
    await until(() => gaps > 0)
    expect(gaps).toBe(1)
  })

  test('and every sender says how far it is', async () => {
    const listening = connectRedis({ lazyConnect: false, enableOfflineQueue: true })
    const said: { seq: number; message?: Said }[] = []
    listening.on('message', (_channel, text) => said.push(JSON.parse(text)))
    await listening.subscribe('kith:topic:signs')
    await publish('signs', { text: 'one' })
    await publish('signs', { text: 'two' })
    await giveSigns()
    await until(() => said.length >= 3)
    expect(said.map(({ seq }) => seq)).toEqual([1, 2, 2])
    expect(said[2]!.message).toBeUndefined()
    listening.disconnect()
  })
})
