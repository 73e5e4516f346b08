import { setTimeout as sleep } from 'node:timers/promises'
import { publish, publishAfter, subscribe } from '#platform/pubsub'
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
