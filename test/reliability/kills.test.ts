import { runKills } from '#test/support/kills'

test('R-005 a post that was answered has all that follows from it though the process was killed that very moment', async () => {
  const verdict = await runKills({ kills: 24, standby: 2 })
  expect(verdict).toEqual({
    prompt: 24,
    late: expect.any(Number),
    missing: { posts: 0, entries: 0, deliveries: 0, indexed: 0, notifications: 0 },
    repeated: { deliveries: 0, notifications: 0 },
    dead: 0,
  })
}, 300_000)
