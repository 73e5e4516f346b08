import { setTimeout as sleep } from 'node:timers/promises'
import { enterInbox, look } from '#federation/inbox-room'
import { rows } from '#platform/db'
import { takeActivity } from '#federation/take-activity'
import { request } from '#test/support/client'
import { eventually } from '#test/support/kiths'
import { activityOf, remoteActor, signedPost } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'

afterEach(() => look())

const knock = () =>
  request('POST', '/inbox', '{}', { headers: { 'Content-Type': 'application/activity+json' } })

// A process that is behind with its work takes in fewer.
const isOpen = () => eventually(async () => (await knock()).status === 400, 20_000)

const enter = (count: number) => Array.from({ length: count }, (_, at) => enterInbox(`192.0.2.${at}`))

test('R-100: whoever comes while a hundred activities are being taken in is told to come again, and nobody is once there is room', async () => {
  const places = enter(101)
  expect(places.filter((leave) => leave === undefined).length).toBeGreaterThanOrEqual(1)
  const refused = await knock()
  expect(refused.status).toBe(503)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(30)
  for (const leave of [...places, ...places]) leave?.()
  await isOpen()
  const again = enter(101)
  expect(again.filter((leave) => leave === undefined).length).toBeGreaterThanOrEqual(1)
  for (const leave of again) leave?.()
})

test('R-089: one address gets at most half of the places, and leaves the others to all others', () => {
  const flood = Array.from({ length: 100 }, () => enterInbox('192.0.2.1'))
  const [taken, refused] = [flood.filter((leave) => leave), flood.filter((leave) => !leave)]
  expect(taken.length).toBeGreaterThanOrEqual(4)
  expect(taken.length).toBeLessThanOrEqual(50)
  expect(refused).toHaveLength(100 - taken.length)
  const other = enterInbox('192.0.2.2')
  expect(other).toBeDefined()
  for (const leave of [...flood, other]) leave?.()
})

test('R-100: while too much waits to be worked on nothing is taken in; what was is done, and then it is open again', async () => {
  const ann = await remoteActor('ann')
  for (let at = 0; at < 4; at += 1)
    expect((await takeActivity(signedPost(ann, activityOf(ann, 'View', 'https://a.example/1')))).status).toBe(
      202,
    )
  await look(3)
  expect((await knock()).status).toBe(503)
  await settle()
  expect(await rows({}, `SELECT 1 FROM owed_work WHERE kind = 'inbox'`)).toEqual([])
  await look(3)
  await isOpen()
})

test('R-100: a process that is late takes in fewer at a time, and soon as many as before', async () => {
  for (const leave of enter(1)) leave?.()
  const end = performance.now() + 500
  while (performance.now() < end);
  await sleep(1)
  const places = enter(101)
  const taken = places.filter((leave) => leave)
  expect(taken.length).toBeLessThan(60)
  expect(taken.length).toBeGreaterThanOrEqual(8)
  for (const leave of taken) leave?.()
  await eventually(() => {
    const more = enter(101).filter((leave) => leave)
    for (const leave of more) leave?.()
    return Promise.resolve(more.length > taken.length)
  }, 20_000)
})
