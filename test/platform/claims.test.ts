import { claim } from '#platform/claims'
import { rows } from '#platform/db'
import { owe } from '#platform/owed-work'
import { transact } from '#platform/transact'

/** Sets planner switches on every connection of the pool: each statement holds one while the others wait for theirs. */
const plan = (setting: 'on' | 'off'): Promise<unknown> =>
  Promise.all(
    Array.from({ length: 20 }, () =>
      rows(
        {},
        `SELECT set_config('enable_hashjoin', $1, false), set_config('enable_mergejoin', $1, false),
           set_config('enable_sort', $1, false), set_config('enable_hashagg', $1, false), set_config('enable_material', $1, false), pg_sleep(0.2)`,
        [setting],
      ),
    ),
  )

afterEach(() => plan('on'))

// PostgreSQL may run a subquery again for each row, and with SKIP LOCKED it then finds others each time.
test.each(['on', 'off'] as const)(
  'no more work is claimed than was asked for (hash joins %s)',
  async (setting) => {
    await plan(setting)
    await transact({}, (ctx) =>
      owe(
        ctx,
        Array.from({ length: 5 }, (_, at) => ({ kind: 'mail', payload: { at } })),
      ),
    )
    expect(await claim('mail', 2)).toHaveLength(2)
    expect(await claim('mail', 5)).toHaveLength(3)
  },
)
