import { setTimeout as sleep } from 'node:timers/promises'
import { eventually, type KithMember } from './kiths.ts'
import { seeded } from './random.ts'
import { type Rig, startRig } from './rig.ts'

/** How much is sent, over how long, and what is broken meanwhile. */
export type Trial = {
  /** Each of them follows a member, names them in a post, likes and boosts a post of theirs: four activities. */
  actors: number
  seconds: number
  kills: number
  redisRestarts: number
  postgresRestarts: number
  seed: number
}

/** How it came out: what was accepted and what became of it. */
export type Verdict = {
  accepted: number
  follows: number
  posts: number
  favourites: number
  boosts: number
  notifications: number
  counters: { followers: number; favourites: number; boosts: number }
  dead: string[]
  /** How many different Accepts arrived, and how many copies of each on average. */
  answered: number
  copies: number
  /** Seconds from the last fault until nothing was owed. */
  settled: number
}

/** Sends activities while processes and stores are killed and started again at random moments, and looks at the end. */
export async function runChaos(trial: Trial): Promise<Verdict> {
  const rig = await startRig(2)
  try {
    const alice = await rig.web.member('alice')
    const me = await alice.get<{ id: string }>('/api/v1/accounts/verify_credentials').catch(() => undefined)
    const { id, uri, account } = await alice.post('/api/v1/statuses', { status: 'hello' })
    const random = seeded(trial.seed)
    const sent = sendAll(
      rig,
      trial,
      activitiesFor(rig, trial.actors, { uri, accountId: me?.id ?? account.id, alice }),
      random,
    )
    const [accepted] = await Promise.all([sent, breakThings(rig, trial, random)])
    const settled = await settleAll(rig)
    return { accepted, settled, ...(await look(rig, id)) }
  } finally {
    await rig.remove()
  }
}

type Target = { uri: string; accountId: string; alice: KithMember }

function activitiesFor({ stub, web }: Rig, actors: number, { uri, accountId, alice }: Target): object[] {
  const person = `${web.url}/users/${accountId}`
  return Array.from({ length: actors }, (_, at) => `actor${at}`).flatMap((name) => [
    stub.activity(name, 'Follow', person),
    stub.activity(name, 'Like', uri),
    stub.activity(name, 'Announce', uri),
    stub.activity(
      name,
      'Create',
      stub.note(name, 'one', {
        tag: [{ type: 'Mention', href: person, name: `@${alice.username}` }],
        cc: [person],
      }),
    ),
  ])
}

async function sendAll(rig: Rig, { seconds }: Trial, all: object[], random: () => number): Promise<number> {
  const began = Date.now()
  const plan = all
    .map((activity) => ({ activity, at: began + random() * seconds * 1000 }))
    .sort((a, b) => a.at - b.at)
  await Promise.all(
    plan.map(async ({ activity, at }) => {
      await sleep(Math.max(0, at - Date.now()))
      await rig.stub.tell(rig.web.url, activity as Record<string, unknown>)
    }),
  )
  return plan.length
}

type Fault = { at: number; run: () => Promise<void> }

async function breakThings(rig: Rig, trial: Trial, random: () => number): Promise<void> {
  const began = Date.now()
  const some = (count: number, run: () => Promise<void>): Fault[] =>
    Array.from({ length: count }, () => ({ at: began + (0.05 + 0.9 * random()) * trial.seconds * 1000, run }))
  const restart = (name: 'redis' | 'postgres', signals: NodeJS.Signals[]) => async () => {
    await rig.services.end(name, signals[Math.floor(random() * signals.length)])
    await sleep(random() * 1500)
    await rig.services.mend(name)
  }
  const faults = [
    ...some(trial.kills, async () => {
      const worker = rig.workers[Math.floor(random() * rig.workers.length)]
      await worker?.end('SIGKILL')
      await worker?.start()
    }),
    ...some(trial.redisRestarts, restart('redis', ['SIGKILL', 'SIGTERM'])),
    ...some(trial.postgresRestarts, restart('postgres', ['SIGINT', 'SIGQUIT'])),
  ].sort((a, b) => a.at - b.at)
  for (const { at, run } of faults) {
    await sleep(Math.max(0, at - Date.now()))
    await run()
  }
  for (const each of [rig.web, ...rig.workers])
    if (!each.isRunning) throw new Error(`a process ended by itself:\n${each.output}`)
}

const open = `SELECT count(*)::int AS open FROM owed_work WHERE kind <> 'schedule' AND dead_at IS NULL`

async function settleAll(rig: Rig): Promise<number> {
  const began = Date.now()
  await eventually(async () => (await rig.ask<{ open: number }>(open))[0]?.open === 0, 600_000)
  return (Date.now() - began) / 1000
}

async function look({ ask, stub }: Rig, postId: string): Promise<Omit<Verdict, 'accepted' | 'settled'>> {
  const [counts] = await ask<Omit<Verdict, 'accepted' | 'settled' | 'dead' | 'answered' | 'copies'>>(
    `SELECT (SELECT count(*)::int FROM follows WHERE state = 'accepted') AS follows,
       (SELECT count(*)::int FROM posts WHERE uri IS NOT NULL AND boost_of_id IS NULL) AS posts,
       (SELECT count(*)::int FROM reactions) AS favourites,
       (SELECT count(*)::int FROM posts WHERE boost_of_id IS NOT NULL) AS boosts,
       (SELECT count(*)::int FROM notifications) AS notifications,
       json_build_object('followers', a.followers_count, 'favourites', p.favourites_count, 'boosts', p.boosts_count) AS counters
     FROM posts AS p JOIN accounts AS a ON a.id = p.author_id WHERE p.id = $1`,
    [postId],
  )
  const dead = await ask<{ what: string }>(
    `SELECT kind || ': ' || last_error AS what FROM owed_work WHERE dead_at IS NOT NULL`,
  )
  const accepts = stub.arrivals.filter(({ type }) => type === 'Accept').map(({ id }) => id)
  const answered = new Set(accepts).size
  if (!counts) throw new Error('the post is gone')
  return { ...counts, dead: dead.map(({ what }) => what), answered, copies: accepts.length / answered }
}

/** What a trial must come out as: all applied once, all delivered, next to nothing twice, nothing dead. */
export const expectedOf = ({ actors }: Trial): Partial<Verdict> => ({
  accepted: actors * 4,
  follows: actors,
  posts: actors,
  favourites: actors,
  boosts: actors,
  notifications: actors * 4,
  counters: { followers: actors, favourites: actors, boosts: actors },
  dead: [],
  answered: actors,
})
