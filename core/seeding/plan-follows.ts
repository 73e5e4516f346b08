import { type Chance, Zipf } from './chance.ts'
import type { FollowPlan, Person } from './community.ts'

/**
 * Thinks up who follows whom: `count` follows, or as many as there can be. Few are followed by many, and how many
 * somebody follows differs widely, too. Counts them in the people.
 */
export function planFollows(
  people: readonly Person[],
  count: number,
  now: number,
  chance: Chance,
): FollowPlan[] {
  const fame = new Zipf(people.length, 0.95, chance)
  const follows: FollowPlan[] = []
  for (const [follower, wanted] of appetites(people.length, count, chance).entries()) {
    for (const followed of someOthers(follower, wanted, people.length, fame, chance)) {
      const since = Math.max(people[follower]?.joinedAt ?? 0, people[followed]?.joinedAt ?? 0)
      follows.push({ follower, followed, at: Math.floor(since + (now - since) * chance.next() ** 2) })
    }
  }
  for (const { follower, followed } of follows) {
    const [one, other] = [people[follower], people[followed]]
    if (one) one.following += 1
    if (other) other.followers += 1
  }
  return follows
}

/** How many each one follows: heavy-tailed, `count` together, and nobody more than there are others. */
function appetites(people: number, count: number, chance: Chance): number[] {
  const most = people - 1
  const hungers = Array.from({ length: people }, () => chance.heavyTailed(0.9))
  const sum = hungers.reduce((total, each) => total + each, 0)
  const shares = hungers.map((each) => Math.min(most, Math.floor((each / sum) * count)))
  let left = Math.min(count, people * most) - shares.reduce((total, each) => total + each, 0)
  for (let at = 0; left > 0; at = (at + 1) % people) {
    if ((shares[at] ?? most) >= most) continue
    shares[at] = (shares[at] ?? 0) + 1
    left -= 1
  }
  return shares
}

function someOthers(self: number, wanted: number, people: number, fame: Zipf, chance: Chance): Set<number> {
  const chosen = new Set<number>()
  for (let tries = 0; chosen.size < wanted && tries < wanted * 6; tries += 1) {
    const other = fame.pick(chance)
    if (other !== self) chosen.add(other)
  }
  // Whoever follows nearly everybody has the famous ones already: the rest is taken in a row.
  for (let other = chance.below(people); chosen.size < wanted; other = (other + 1) % people)
    if (other !== self) chosen.add(other)
  return chosen
}
