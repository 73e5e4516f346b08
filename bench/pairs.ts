import { instance } from '#config/instance'
import { findAccount } from '#federation/find-account'
import { row } from '#platform/db'
import { migrate } from '#platform/migrate'
import { member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { startStub } from '#test/support/stub-server'
import type { Measure } from './support/measure.ts'
import { startTrio } from './support/trio.ts'

const PAIRS = Number(process.env.KITH_BENCH_PAIRS ?? 1000)

const left = `SELECT (SELECT count(*)::int FROM posts WHERE uri IS NOT NULL) AS posts,
  (SELECT posts_count FROM accounts WHERE username = 'ann') AS counted,
  (SELECT count(*)::int FROM tombstones) AS tombstones,
  (SELECT count(*)::int FROM notifications) AS notifications,
  (SELECT count(*)::int FROM owed_work WHERE dead_at IS NOT NULL) AS dead`

type Left = { posts: number; counted: number; tombstones: number; notifications: number; dead: number }

/** posts that are made and deleted in the same moment, by way of three processes. Nothing of them may be left. */
export async function measure(): Promise<Measure[]> {
  await migrate()
  const stub = await startStub()
  const { account, ...alice } = await member('alice')
  const ann = await findAccount({ actor: { kind: 'kith' } }, stub.actor('ann'))
  if (!ann) throw new Error('ann is not found')
  await follow({ account, ...alice }, ann)
  const trio = await startTrio()
  const person = `${instance.origin}/users/${account.id}`
  const tag = [{ type: 'Mention', href: person, name: '@alice' }]
  const activities = Array.from({ length: PAIRS }, (_, at) => {
    const note = stub.note('ann', `pair${at}`, { tag })
    const pair = [stub.activity('ann', 'Create', note), stub.activity('ann', 'Delete', note.id)]
    return at % 2 === 0 ? pair : pair.reverse()
  })
  const signed = activities.flat().map((activity) => stub.sign(instance.origin, activity))
  try {
    await trio.send(signed.map((each) => () => each))
    await trio.settled()
  } finally {
    await trio.end()
    await stub.stop()
  }
  const found = await row<Left>({}, left)
  return [
    { what: `posts that are left of ${PAIRS} pairs`, value: found?.posts ?? Number.NaN, unit: '', atMost: 0 },
    { what: 'of those, counted with their author', value: found?.counted ?? Number.NaN, unit: '', atMost: 0 },
    { what: 'notifications about them', value: found?.notifications ?? Number.NaN, unit: '', atMost: 0 },
    {
      what: 'deletions that are remembered',
      value: found?.tombstones ?? Number.NaN,
      unit: '',
      atLeast: PAIRS,
    },
    { what: 'dead letters', value: found?.dead ?? Number.NaN, unit: '', atMost: 0 },
  ]
}
