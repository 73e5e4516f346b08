import { runAbsence, type Outcome } from '#test/support/absence'

describe.each([
  ['away', { seconds: 12, hangs: false }],
  ['there but hanging', { seconds: 8, hangs: true }],
])('R-130 while Redis is %s', (_how, absence) => {
  let outcome: Outcome
  beforeAll(async () => {
    outcome = await runAbsence({ ...absence, pause: 200 })
  }, 240_000)

  test.each([
    ['read', ['200']],
    ['page', ['200']],
    ['post', ['200']],
    ['upload', ['200', '202']],
    ['inbox', ['202']],
  ])('every %s is answered as always', (name, usual) => {
    for (const phase of ['before', 'away', 'returning', 'after'] as const)
      expect(usual).toEqual(expect.arrayContaining(outcome.tally.answersTo(name, phase)))
    expect(outcome.tally.answersTo(name, 'away')).not.toEqual([])
  })

  test.each(['log-in', 'reset', 'sign-up', 'sign-up by app'])(
    '%s is closed, says so in plain words and when to come again, and opens by itself',
    (name) => {
      const knocks = outcome.away[name]!
      expect(knocks.length).toBeGreaterThan(1)
      for (const { status, wait, says } of knocks) {
        expect([status, wait]).toEqual([503, 30])
        expect(says).toMatch(/at the moment.*try again in a minute/)
        expect(says).not.toMatch(/wrong|invalid/i)
      }
      expect(outcome.after[name]!.status).toBe(200)
    },
  )

  test('nothing that was accepted is lost, and nothing is done twice', () => {
    const { accepted, lost, repeated, dead } = outcome
    // How much gets through says how fast the machine is.
    expect(Math.min(accepted.posts, accepted.followers)).toBeGreaterThan(5)
    expect(accepted.media).toBeGreaterThan(0)
    expect(lost).toEqual({ posts: 0, deliveries: 0, entries: 0, followers: 0, media: 0 })
    expect(repeated).toEqual({ deliveries: 0, notifications: 0 })
    expect(dead).toEqual([])
  })

  test('once it is back, what waited is done within a minute, and streams carry posts again', () => {
    expect(outcome.settled).toBeLessThan(60)
    expect(outcome.streams).toBe(true)
  })
})
