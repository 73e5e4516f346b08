import { runFlush } from '#test/support/flush'
import { expectedOf } from '#test/support/wave'

test('R-003: whatever waited when Redis was flushed is done once, and members stay logged in', async () => {
  const actors = 125
  const verdict = await runFlush({ actors })
  expect(verdict).toMatchObject({ ...expectedOf(actors), waiting: actors * 4, copies: 1, isLoggedIn: true })
}, 240_000)
