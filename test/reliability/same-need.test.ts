import { runSameNeed } from '#test/support/same-need'

test('R-061: of activities that need the same unknown actor, key, post and WebFinger answer, two web processes and two workers ask for each once', async () => {
  const verdict = await runSameNeed({ activities: 100, documentDelay: 300 })
  expect(verdict).toMatchObject({ posts: 50, boosts: 50, dead: 0 })
  const paths = Object.keys(verdict.asked).map((each) => each.replace(/^[^/]+/, ''))
  expect(paths).toEqual(
    expect.arrayContaining(['/users/newcomer', '/users/unknown', '/users/unknown/notes/shared']),
  )
  expect(paths.filter((path) => path.startsWith('/.well-known/webfinger'))).toHaveLength(2)
  expect(Object.entries(verdict.asked).filter(([, times]) => times > 1)).toEqual([])
}, 240_000)
