import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { db, rows } from '#platform/db'
import { Invalid } from '#platform/errors'
import { secret } from '#platform/ids'
import { hashPassword } from '#platform/passwords'
import { transact } from '#platform/transact'
import { Chance } from './chance.ts'
import type { Size } from './community.ts'
import { allTags } from './compose-post.ts'
import { planFollows } from './plan-follows.ts'
import { planPeople } from './plan-people.ts'
import { planPosts } from './plan-posts.ts'
import { writeFollows } from './write-follows.ts'
import { writePeople } from './write-people.ts'
import { writePosts } from './write-posts.ts'

/** What was made. Everybody has the same password; `someone` is the user name of the one who posts most. */
export type Seeded = Size & {
  replies: number
  boosts: number
  favourites: number
  password: string
  someone: string
}

export type Progress = (done: number, all: number) => void

/**
 * Makes up a lifelike community of members of this instance and writes it in one transaction: all of it or nothing.
 * Every rule that real rows keep is kept (counters equal counts, ids in order of time, threads whole), but nothing is
 * told to anybody: no fact, no notification, no delivery. The same `seed` gives the same community. Throws Invalid when
 * there is nobody to write the posts.
 */
export async function seedCommunity(
  ctx: Ctx,
  { seed = 1, ...size }: Size & { seed?: number },
  onProgress: Progress = () => undefined,
): Promise<Seeded> {
  if (size.accounts < 1) throw new Invalid('A community needs at least one account.')
  const chance = new Chance(seed)
  const moment = now().getTime()
  const taken = await takenNames(ctx)
  const people = planPeople(size.accounts, moment, chance, (name) => taken.has(name))
  const follows = planFollows(people, size.follows, moment, chance)
  const plan = planPosts(people, size.posts, moment, chance)
  const password = secret(9)
  const passwordHash = await hashPassword(password)
  const means = { chance, now: moment, tagNames: await writeTagNames(ctx) }
  const all = people.length + follows.length + plan.count
  let done = 0
  const step = (count: number) => onProgress((done += count), all)
  const { favourites } = await transact(ctx, async (ctx) => {
    await writePeople(ctx, people, passwordHash, step)
    await writeFollows(ctx, follows, people, step)
    return writePosts(ctx, plan, people, means, step)
  })
  // What was just written is read at once, by benches and by whoever tries Kith out: the planner must know of it.
  await db.query(
    'VACUUM (ANALYZE) accounts, users, follows, posts, mentions, hashtags, post_hashtags, reactions',
  )
  return {
    accounts: people.length,
    follows: follows.length,
    posts: plan.count,
    replies: plan.replyTo.filter((number) => number >= 0).length,
    boosts: plan.boostOf.filter((number) => number >= 0).length,
    favourites,
    password,
    someone: people.reduce((most, each) => (each.posts > most.posts ? each : most)).username,
  }
}

const takenNames = async (ctx: Ctx): Promise<Set<string>> => {
  const found = await rows<{ name: string }>(
    ctx,
    'SELECT lower(username) AS name FROM accounts WHERE domain IS NULL',
  )
  return new Set(found.map(({ name }) => name))
}

// Outside of the long transaction: whoever uses one of these hashtags meanwhile does not wait for it.
async function writeTagNames(ctx: Ctx): Promise<Map<string, string>> {
  const tags = allTags()
  await rows(
    ctx,
    'INSERT INTO hashtags (name, display_name) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING',
    [tags.map(({ name }) => name), tags.map(({ display }) => display)],
  )
  return new Map(tags.map(({ name, display }) => [display, name]))
}
