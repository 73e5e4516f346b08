import { eventually, type KithMember } from './kiths.ts'
import type { Rig } from './rig.ts'

/** What has become of a wave of activities. */
export type Effects = {
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
}

/** Activities of many actors elsewhere, all about one member here and one post of theirs. */
export type Wave = { alice: KithMember; activities: Record<string, unknown>[]; look(): Promise<Effects> }

/** Each of so many actors follows a member, names them in a post, likes and boosts a post of theirs: four activities. */
export async function makeWave(rig: Rig, actors: number): Promise<Wave> {
  const alice = await rig.web.member('alice')
  const { id, uri, account } = await alice.post('/api/v1/statuses', { status: 'hello' })
  const { stub, web } = rig
  const person = `${web.url}/users/${account.id}`
  const tag = [{ type: 'Mention', href: person, name: '@alice' }]
  const activities = Array.from({ length: actors }, (_, at) => `actor${at}`).flatMap((name) => [
    stub.activity(name, 'Follow', person),
    stub.activity(name, 'Like', uri),
    stub.activity(name, 'Announce', uri),
    stub.activity(name, 'Create', stub.note(name, 'one', { tag, cc: [person] })),
  ])
  return { alice, activities, look: () => look(rig, id) }
}

/** What a wave must come to: all applied once, all delivered, nothing dead. */
export const expectedOf = (actors: number): Omit<Effects, 'copies'> => ({
  follows: actors,
  posts: actors,
  favourites: actors,
  boosts: actors,
  notifications: actors * 4,
  counters: { followers: actors, favourites: actors, boosts: actors },
  dead: [],
  answered: actors,
})

const open = `SELECT count(*)::int AS open FROM owed_work WHERE kind <> 'schedule' AND dead_at IS NULL`

/** Waits until nothing is owed any more; gives the seconds that took. Throws after ten minutes. */
export async function settleAll(rig: Rig): Promise<number> {
  const began = Date.now()
  await eventually(async () => (await rig.ask<{ open: number }>(open))[0]?.open === 0, 600_000)
  return (Date.now() - began) / 1000
}

async function look({ ask, stub }: Rig, postId: string): Promise<Effects> {
  const [counts] = await ask<Omit<Effects, 'dead' | 'answered' | 'copies'>>(
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
