import { expectedVerdict, runChaos } from '#test/support/chaos'

test('R-001: whatever is accepted while workers, Redis and PostgreSQL are killed is applied once and answered', async () => {
  const trial = { actors: 500, seconds: 60, kills: 4, redisRestarts: 1, postgresRestarts: 1, seed: 1 }
  const verdict = await runChaos(trial)
  expect(verdict).toMatchObject(expectedVerdict(trial))
  expect(verdict.copies).toBeLessThanOrEqual(1.05)
}, 300_000)
