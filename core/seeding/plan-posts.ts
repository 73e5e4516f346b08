import { type Chance, Zipf } from './chance.ts'
import { momentOf, type Person, PostPlan } from './community.ts'

const REPLIES = 0.32
const BOOSTS = 0.14
const RECENT = 400
const MINUTE = 60_000

/**
 * Thinks up the structure of so many posts, oldest first: who writes, boosts and answers what, and how liked it is.
 * Counts them in the people. Few write much, most little; conversations and boosts gather on what is new and liked.
 */
export function planPosts(people: readonly Person[], count: number, now: number, chance: Chance): PostPlan {
  const plan = new PostPlan(count)
  const diligence = new Zipf(people.length, 0.8, chance)
  for (let number = 0; number < count; number += 1) plan.at[number] = momentOf(chance.next(), now - MINUTE)
  plan.at.sort()
  const boosted = new Set<number>()
  for (let number = 0; number < count; number += 1) {
    const author = whoIsThere(people, plan.at[number] ?? 0, () => diligence.pick(chance))
    plan.author[number] = author
    plan.thread[number] = number
    const other = number === 0 ? -1 : recentPost(plan, number, chance)
    const kind = other < 0 ? 1 : chance.next()
    if (kind < BOOSTS && boost(plan, number, other, boosted, people.length)) continue
    if (kind >= BOOSTS && kind < BOOSTS + REPLIES) answer(plan, number, other)
    else plan.visibility[number] = chance.happens(0.87) ? 0 : chance.happens(0.6) ? 1 : 2
    plan.favourites[number] = likes(people[author], people.length, chance)
  }
  countPosts(plan, people)
  return plan
}

function whoIsThere(people: readonly Person[], at: number, pick: () => number): number {
  for (let tries = 0; tries < 12; tries += 1) {
    const someone = pick()
    if ((people[someone]?.joinedAt ?? Infinity) < at) return someone
  }
  return 0
}

/** An earlier post that is no boost, the newer the likelier; one that was answered draws more answers. */
function recentPost(plan: PostPlan, before: number, chance: Chance): number {
  let best = -1
  for (let tries = 0; tries < 3; tries += 1) {
    const found = before - 1 - Math.floor(Math.min(before, RECENT) * chance.next() ** 2.5)
    if (found < 0 || (plan.boostOf[found] ?? -1) >= 0) continue
    if (best < 0 || (plan.replies[found] ?? 0) > (plan.replies[best] ?? 0)) best = found
  }
  return best
}

function boost(plan: PostPlan, number: number, of: number, boosted: Set<number>, people: number): boolean {
  const pair = of * people + (plan.author[number] ?? 0)
  if (plan.visibility[of] === 2 || boosted.has(pair)) return false
  boosted.add(pair)
  plan.boostOf[number] = of
  plan.boosts[of] = (plan.boosts[of] ?? 0) + 1
  return true
}

// As `repliedTo` and `visibilityOfReply` have it for real answers.
function answer(plan: PostPlan, number: number, to: number): void {
  const isOwn = plan.author[to] === plan.author[number]
  const before = plan.replyToAccount[to] ?? -1
  plan.replyTo[number] = to
  plan.replyToAccount[number] = isOwn && before >= 0 ? before : (plan.author[to] ?? 0)
  plan.thread[number] = plan.thread[to] ?? to
  plan.visibility[number] = plan.visibility[to] ?? 0
  if (plan.visibility[to] !== 2) plan.replies[to] = (plan.replies[to] ?? 0) + 1
}

function likes(author: Person | undefined, people: number, chance: Chance): number {
  const fame = 1.2 + (12 * (author?.followers ?? 0)) / people
  return Math.min(Math.floor(chance.heavyTailed(1.4) * fame), Math.floor(people / 3))
}

function countPosts(plan: PostPlan, people: readonly Person[]): void {
  for (let number = 0; number < plan.count; number += 1) {
    const author = people[plan.author[number] ?? 0]
    if (!author) continue
    author.posts += 1
    author.lastPostAt = plan.at[number] ?? 0
  }
}
