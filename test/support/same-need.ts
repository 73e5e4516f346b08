import { setTimeout as sleep } from 'node:timers/promises'
import { startBalancer } from './balancer.ts'
import { freePort } from './kiths.ts'
import { type Rig, startRig } from './rig.ts'
import { type StubServer, startStub } from './stub-server.ts'
import { settleAll } from './wave.ts'

/** How many activities need the same unknown things, and how many milliseconds their servers take to show those. */
export type SameNeed = { activities: number; documentDelay: number }

/** What came of it. */
export type SameNeedVerdict = {
  /** How often each address elsewhere was asked for. */
  asked: Record<string, number>
  /** Posts of somebody unknown, and boosts of an unknown post, that are here. */
  posts: number
  boosts: number
  /** How many activities had to be sent a second time or more. */
  putOff: number
  dead: number
  /** Seconds until all were accepted, and until all was done. */
  accepted: number
  settled: number
}

/**
 * activities of one second need the same unknown actor, key, post and WebFinger answer. Two web processes take them and two workers
 * do them; half are posts of one newcomer, half boosts of one post of somebody unknown, by people who are followed here.
 */
export async function runSameNeed({ activities, documentDelay }: SameNeed): Promise<SameNeedVerdict> {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const rig = await startRig(2, { KITH_ORIGIN: origin })
  const [far, second] = await Promise.all([startStub(), rig.beside('web')])
  const door = await startBalancer([rig.web.url, second.url], port)
  try {
    await second.start()
    const half = Math.ceil(activities / 2)
    const person = await befriend(rig, half)
    const all = [...posts(rig.stub, half, person), ...boosts(rig.stub, half, far)]
    for (const stub of [rig.stub, far]) stub.asked.clear()
    for (const stub of [rig.stub, far]) stub.documentDelay = documentDelay
    const began = performance.now()
    const tries = await Promise.all(
      all.map(async (activity, at) => {
        await sleep((at * 1000) / all.length)
        return rig.stub.tell(origin, activity)
      }),
    )
    const accepted = (performance.now() - began) / 1000
    const settled = accepted + (await settleAll(rig))
    const putOff = tries.filter((each) => each > 1).length
    const asked = Object.fromEntries(
      [rig.stub, far].flatMap(({ domain, asked }) =>
        [...asked].map(([path, count]) => [domain + path, count]),
      ),
    )
    return { asked, putOff, accepted, settled, ...(await look(rig)) }
  } finally {
    await Promise.all([far.stop(), door.stop(), second.end('SIGKILL')])
    await rig.remove()
  }
}

/** A member follows so many people of the stub, whose keys are known here. Gives the member's id. */
async function befriend({ web, stub, ask }: Rig, people: number): Promise<string> {
  const alice = await web.member('alice')
  const person = (await alice.get<{ uri: string }>('/api/v1/accounts/verify_credentials')).uri
  const { publicKey } = (await (await fetch(stub.actor('somebody'))).json()) as {
    publicKey: { publicKeyPem: string }
  }
  const pem = publicKey.publicKeyPem
  await ask(
    `WITH made AS (
       INSERT INTO accounts (domain, username, uri, inbox_url, shared_inbox_url, followers_url, public_key_id, public_key_pem, fetched_at)
       SELECT $1, 'fan' || n, $2 || n, $2 || n || '/inbox', $3 || '/inbox', $2 || n || '/followers', $2 || n || '#main-key', $4, now()
       FROM generate_series(0, $5::int - 1) AS n RETURNING id)
     INSERT INTO follows (follower_id, followed_id, state)
     SELECT u.account_id, made.id, 'accepted' FROM made, users AS u`,
    [stub.domain, stub.actor('fan'), stub.origin, pem, people],
  )
  return person
}

function posts(stub: StubServer, many: number, person: string): Record<string, unknown>[] {
  const tag = [{ type: 'Mention', href: person, name: '@alice' }]
  return Array.from({ length: many }, (_, at) =>
    stub.activity('newcomer', 'Create', stub.note('newcomer', `note${at}`, { tag, cc: [person] })),
  )
}

function boosts(stub: StubServer, many: number, far: StubServer): Record<string, unknown>[] {
  const { id } = far.serve({
    '@context': 'https://www.w3.org/ns/activitystreams',
    ...far.note('unknown', 'shared'),
  })
  return Array.from({ length: many }, (_, at) => stub.activity(`fan${at}`, 'Announce', id))
}

async function look({ ask }: Rig): Promise<Pick<SameNeedVerdict, 'posts' | 'boosts' | 'dead'>> {
  const [found] = await ask<Pick<SameNeedVerdict, 'posts' | 'boosts' | 'dead'>>(
    `SELECT (SELECT count(*)::int FROM posts AS p JOIN accounts AS a ON a.id = p.author_id WHERE a.username = 'newcomer') AS posts,
       (SELECT count(*)::int FROM posts WHERE boost_of_id IS NOT NULL) AS boosts,
       (SELECT count(*)::int FROM owed_work WHERE dead_at IS NOT NULL) AS dead`,
  )
  if (!found) throw new Error('the database says nothing')
  return found
}
