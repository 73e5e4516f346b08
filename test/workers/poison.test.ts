import { claim } from '#platform/claims'
import { deadLetters } from '#platform/dead-letters'
import { rows } from '#platform/db'
import { Unavailable } from '#platform/errors'
import { owe } from '#platform/owed-work'
import { Retry } from '#platform/outcomes'
import { transact } from '#platform/transact'
import { nowhere } from '#core/remote'
import { learnTrades } from '#workers/queues'
import { Runner } from '#workers/runner'

/** Work that can never succeed, by kind. */
const poison: Record<string, object> = {
  fact: { name: 'post.created', payload: { postId: 'no number', authorId: 'no number' } },
  'heavy-fact': { name: 'medium.uploaded', payload: { mediumId: 'no number' } },
  inbox: {
    activity: { type: 'Create', actor: 'https://nobody.invalid/users/x', object: {} },
    isForwarded: false,
  },
  delivery: { activityId: 'no number', inbox: 'https://nobody.invalid/inbox' },
  fedify: { nonsense: true },
  mail: { mail: 'password-changed', userId: 'no number' },
  preview: { previewId: 'no number' },
  push: { notificationId: 'no number', subscriptionId: 'no number' },
}

const learned = learnTrades({ actor: { kind: 'kith' }, remote: nowhere })
const owed = (kind: string, ...payloads: object[]): Promise<void> =>
  transact({}, (ctx) =>
    owe(
      ctx,
      payloads.map((payload) => ({ kind, payload })),
    ),
  )
const hurry = () => rows({}, 'UPDATE owed_work SET due_at = now(), leased_until = NULL WHERE dead_at IS NULL')

describe('R-007: poison', () => {
  test.each(Object.keys(poison))(
    'of kind %s is tried so often, with pauses, and then kept with its reason',
    async (kind) => {
      const { trades } = await learned
      const trade = trades[kind]!
      const runner = new Runner(kind, trade)
      await owed(kind, poison[kind]!)
      for (let tries = 1; tries <= trade.tries; tries += 1) {
        const [row] = await claim(kind, 10)
        expect(row?.attempts).toBe(tries)
        await runner.work(row!)
        expect(await claim(kind, 10)).toEqual([])
        await hurry()
      }
      const [letter] = await deadLetters(kind)
      expect(letter).toMatchObject({ kind, attempts: trade.tries, reason: expect.stringMatching(/\w/) })
      expect(letter!.firstFailedAt.getTime()).toBeLessThan(letter!.lastFailedAt.getTime())
      expect(await claim(kind, 10)).toEqual([])
    },
  )

  test('of every kind there is, is known to this test', async () => {
    const { trades } = await learned
    expect(
      Object.keys(trades)
        // What comes again and again is never given up; there is no search server here.
        .filter((kind) => kind !== 'schedule' && kind !== 'index')
        .sort(),
    ).toEqual(Object.keys(poison).sort())
  })

  test('for the search server is given up, but what finds none waits however long it is away', async () => {
    const { trades } = await learned
    const refused = {
      ...trades.index!,
      handle: () => Promise.reject(new Error('refused a document')),
      tries: 2,
    }
    const away = { ...trades.index!, handle: () => Promise.reject(new Unavailable('away')), tries: 2 }
    await owed('refused', {})
    await owed('away', {})
    for (const [kind, trade] of Object.entries({ refused, away })) {
      for (let tries = 0; tries < 3; tries += 1) {
        for (const row of await claim(kind, 1)) await new Runner(kind, trade).work(row)
        await hurry()
      }
    }
    expect((await deadLetters()).map(({ kind }) => kind)).toEqual(['refused'])
    expect(trades.index!.tries).toBeLessThan(Number.POSITIVE_INFINITY)
  })

  test('does not hold up its neighbours', async () => {
    const done: unknown[] = []
    const runner = new Runner('test', {
      handle: async ({ payload }) => {
        if ('bad' in payload) throw new Error('bad')
        done.push(payload)
      },
      concurrency: 5,
      tries: 3,
      pause: () => 60,
    })
    await owed('test', ...Array.from({ length: 60 }, (_, at) => (at % 3 === 0 ? { bad: at } : { at })))
    for (const row of await claim('test', 100)) await runner.work(row)
    expect(done).toHaveLength(40)
    expect(await claim('test', 100)).toEqual([])
  })

  test('that kills its worker three times is kept and not given to a fourth', async () => {
    await owed('test', { deadly: true })
    for (let death = 0; death < 3; death += 1) {
      expect(await claim('test', 1)).toHaveLength(1)
      await rows({}, `UPDATE owed_work SET due_at = now(), leased_until = now() - interval '1 second'`)
    }
    expect(await claim('test', 1)).toEqual([])
    expect(await deadLetters('test')).toMatchObject([{ reason: expect.stringContaining('died 3 times') }])
  })
})

test('R-130: a lease that ran out now and then does not bury work that is told to wait in between', async () => {
  const handle = () => Promise.reject(new Error('LOADING Redis is loading the dataset in memory'))
  const runner = new Runner('test', { handle, concurrency: 1, tries: 2, pause: () => 1 })
  await owed('test', {})
  for (let round = 0; round < 4; round += 1) {
    await claim('test', 1)
    await rows({}, `UPDATE owed_work SET due_at = now(), leased_until = now() - interval '1 second'`)
    for (const row of await claim('test', 1)) await runner.work({ ...row, attempts: 1 })
    await hurry()
  }
  expect(await deadLetters('test')).toEqual([])
  expect(await rows({}, 'SELECT crashes FROM owed_work')).toEqual([{ crashes: 0 }])
})

test('R-006: what failed because PostgreSQL was away is tried again within seconds, whatever its usual pause', async () => {
  const away = Object.assign(new Error('terminating connection'), { code: '57P01' })
  const runner = new Runner('test', {
    handle: () => Promise.reject(away),
    concurrency: 1,
    tries: 3,
    pause: () => 3600,
  })
  await owed('test', {})
  const [row] = await claim('test', 1)
  await runner.work(row!)
  expect(await rows({}, `SELECT due_at < now() + interval '5 seconds' AS soon FROM owed_work`)).toEqual([
    { soon: true },
  ])
})

test('R-130: what failed because Redis was away is tried again until it is back, and never buried for that', async () => {
  const away = new Error("Stream isn't writeable and enableOfflineQueue options is false")
  const runner = new Runner('test', {
    handle: () => Promise.reject(new Retry('fanOutPost: no', { cause: away })),
    concurrency: 1,
    tries: 2,
    pause: () => 3600,
  })
  await owed('test', {})
  for (let tries = 1; tries <= 5; tries += 1) {
    const [row] = await claim('test', 1)
    expect(row?.attempts).toBe(1)
    await runner.work(row!)
    const [soon] = await rows({}, `SELECT due_at < now() + interval '20 seconds' AS soon FROM owed_work`)
    expect(soon).toEqual({ soon: true })
    await hurry()
  }
  expect(await deadLetters('test')).toEqual([])
})

describe('a lease', () => {
  test('R-009: that somebody else holds by now keeps the first holder from recording anything', async () => {
    await owed('test', { at: 1 })
    const [slow] = await claim('test', 1)
    await rows({}, `UPDATE owed_work SET due_at = now(), leased_until = now() - interval '1 second'`)
    const [fast] = await claim('test', 1)
    const work = { concurrency: 1, tries: 3, pause: () => 1 }
    await new Runner('test', { ...work, handle: async () => undefined }).work(slow!)
    await new Runner('test', { ...work, handle: () => Promise.reject(new Error('late')) }).work(slow!)
    expect(await rows({}, 'SELECT lease, last_error FROM owed_work')).toEqual([
      { lease: fast!.lease, last_error: null },
    ])
    await new Runner('test', { ...work, handle: async () => undefined }).work(fast!)
    expect(await rows({}, 'SELECT id FROM owed_work')).toEqual([])
  })
})
