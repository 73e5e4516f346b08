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

test('R-100: whoever comes while a hundred activities are being taken in is told to come again, and nobody is once there is room', async () => {
  const places = Array.from({ length: 101 }, () => enterInbox())
  expect(places.filter((leave) => leave === undefined).length).toBeGreaterThanOrEqual(1)
  const refused = await knock()
  expect(refused.status).toBe(503)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(30)
  for (const leave of [...places, ...places]) leave?.()
  await isOpen()
  const again = Array.from({ length: 101 }, () => enterInbox())
  expect(again.filter((leave) => leave === undefined).length).toBeGreaterThanOrEqual(1)
  for (const leave of again) leave?.()
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
