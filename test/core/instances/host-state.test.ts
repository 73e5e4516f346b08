import { claimProbe, claimUnavailable, hostState, unavailableAmong } from '#core/instances/host-state'
import { hostsByState } from '#core/instances/host-report.queries'
import { recordContact, recordFailure } from '#core/instances/record-contact'
import { rows } from '#platform/db'

const host = 'broken.example'
const fail = async (times: number) => {
  for (let at = 0; at < times; at += 1) await recordFailure(host, 'status 500')
}
const pausedFor = async () => (await hostState(host)).pausedFor
const passPause = () => rows({}, `UPDATE instances SET paused_until = now() - interval '1 second'`)
const passDay = () =>
  rows({}, `UPDATE instances SET last_failure_at = last_failure_at - interval '1 day', probing_until = NULL`)

test('R-042 the breaker opens at the fifth failure, for half an hour, then twice as long up to six hours', async () => {
  await fail(4)
  expect(await hostState(host)).toMatchObject({ pausedFor: 0, isOpen: false })
  await fail(1)
  const pauses = [await pausedFor()]
  for (let at = 0; at < 5; at += 1) {
    // What was under way when it opened changes nothing.
    await fail(2)
    expect(Math.abs((await pausedFor()) - pauses.at(-1)!)).toBeLessThan(5)
    await passPause()
    await fail(1)
    pauses.push(await pausedFor())
  }
  expect(pauses.map((seconds) => Math.round(seconds / 60))).toEqual([30, 60, 120, 240, 360, 360])
})

test('R-042 of all who want to try a host whose pause is over, one does', async () => {
  await fail(5)
  await passPause()
  const probes = await Promise.all(Array.from({ length: 20 }, () => claimProbe(host)))
  expect(probes.filter(Boolean)).toHaveLength(1)
  await recordContact(host)
  expect(await hostState(host)).toMatchObject({ isOpen: false, pausedFor: 0, isRecovering: true })
  expect(await claimProbe(host)).toBe(false)
})

test('R-042 failures that are not close together open nothing', async () => {
  for (let at = 0; at < 6; at += 1) {
    await fail(1)
    await rows({}, `UPDATE instances SET last_failure_at = last_failure_at - interval '11 minutes'`)
  }
  expect(await hostState(host)).toMatchObject({ isOpen: false, pausedFor: 0 })
})

test('R-044 a host is unavailable at the first failure of the seventh day, asked daily, weekly after 90 days, and well at a word', async () => {
  for (let day = 1; day <= 6; day += 1) {
    await fail(3)
    await passDay()
  }
  expect((await hostState(host)).isUnavailable).toBe(false)
  await fail(1)
  expect((await hostState(host)).isUnavailable).toBe(true)
  expect(await unavailableAmong([host, 'well.example'])).toEqual(new Set([host]))
  expect(await claimUnavailable(10)).toEqual([host])
  expect(await claimUnavailable(10)).toEqual([])
  const wait = async () => {
    const [found] = await rows<{ days: number }>(
      {},
      'SELECT extract(epoch FROM probing_until - now())::float / 86400 AS days FROM instances',
    )
    return Math.round(found!.days)
  }
  expect(await wait()).toBe(1)
  await rows({}, `UPDATE instances SET probing_until = NULL, unavailable_at = now() - interval '91 days'`)
  expect(await claimUnavailable(10)).toEqual([host])
  expect(await wait()).toBe(7)
  expect((await hostsByState()).find(({ state }) => state === 'unavailable')).toMatchObject({ hosts: 1 })
  expect(await recordContact(host)).toBe(true)
  expect(await hostState(host)).toMatchObject({ isUnavailable: false, isRecovering: true })
})
