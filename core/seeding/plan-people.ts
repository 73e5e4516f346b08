import type { Chance } from './chance.ts'
import { momentOf, SPAN, type Person } from './community.ts'
import { family, given, leanings, nouns, plain, trades } from './names.ts'
import { languages } from './phrases.ts'

/**
 * Thinks up so many people, in the order in which they joined. `isTaken` says whether a user name (in small letters) is
 * somebody else's; names that were handed out before are not given again.
 */
export function planPeople(
  count: number,
  now: number,
  chance: Chance,
  isTaken: (name: string) => boolean,
): Person[] {
  const used = new Set<string>()
  const joined = Array.from({ length: count }, () => momentOf(chance.next() ** 0.6, now)).sort(
    (a, b) => a - b,
  )
  return joined.map((joinedAt, number) => {
    const [first, last] = [chance.pick(given), chance.pick(family)]
    const username = freeName(first, last, chance, (name) => used.has(name) || isTaken(name))
    used.add(username)
    return {
      id: '',
      username,
      displayName: chance.happens(0.85) ? `${first} ${last}` : username,
      note: chance.happens(0.8) ? `${chance.pick(trades)}. ${chance.pick(leanings)}` : '',
      language: languageOf(chance),
      isLocked: chance.happens(0.06),
      isBot: chance.happens(0.02),
      // Somebody must be there when the first post is written.
      joinedAt: number === 0 ? now - SPAN - 86_400_000 : joinedAt,
      following: 0,
      followers: 0,
      posts: 0,
      lastPostAt: 0,
    }
  })
}

function freeName(first: string, last: string, chance: Chance, isTaken: (name: string) => boolean): string {
  const noun = chance.pick(nouns)
  const tries = [plain(first), `${plain(first)}_${noun}`, noun, `${plain(first)}${plain(last)}`]
  const start = chance.below(tries.length)
  for (let step = 0; step < tries.length; step += 1) {
    const name = tries[(start + step) % tries.length] ?? ''
    if (!isTaken(name)) return name
  }
  for (let number = 2; ; number += 1 + chance.below(90)) {
    const name = `${plain(first)}_${noun}${number}`
    if (!isTaken(name)) return name
  }
}

function languageOf(chance: Chance): string {
  let left = chance.below(100)
  for (const [language, share] of languages) {
    if (left < share) return language
    left -= share
  }
  return 'en'
}
