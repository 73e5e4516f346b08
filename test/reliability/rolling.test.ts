import { runRolling } from '#test/support/rolling'

test('R-110 every kind of process ends in time when it is told to, and behind a proxy no request fails for it', async () => {
  const verdict = await runRolling({ rounds: 1, width: 8 })
  expect(verdict.failures).toEqual({})
  expect(verdict.requests).toBeGreaterThan(50)
  expect(verdict.ends.map(({ role, code }) => [role, code])).toEqual([
    ['web', 0],
    ['web', 0],
    ['streaming', 0],
    ['worker', 0],
    ['worker', 0],
  ])
  for (const { seconds } of verdict.ends) expect(seconds).toBeLessThan(25)
  expect(verdict.streams).toEqual([1001])
  expect(verdict.accepted).toBeGreaterThan(10)
  expect([verdict.lost, verdict.dead]).toEqual([0, 0])
}, 300_000)
