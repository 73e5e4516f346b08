import type { Json } from '#federation/properties'
import { pick } from './random.ts'
import type { Stage } from './order-stage.ts'

/** One copy of an activity, and the inbox that it goes to. */
export type Copy = { activity: Json; path: string }

/** Each activity one to five times, split over the inboxes of the members and the shared one, all in any order. */
export function disorder({ alice, bob }: Stage, story: readonly Json[], random: () => number): Copy[] {
  const paths = ['/inbox', ...[alice, bob].map(({ account }) => `/users/${account.id}/inbox`)]
  const copies = story.flatMap((activity) =>
    Array.from({ length: 1 + Math.floor(random() * 5) }, () => ({ activity, path: pick(paths, random) })),
  )
  return copies
    .map((copy) => ({ copy, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ copy }) => copy)
}

/** What is told in one of two states alone. */
export function differences(expected: readonly string[], found: readonly string[]): string[] {
  const [there, here] = [new Set(expected), new Set(found)]
  return [
    ...expected.filter((line) => !here.has(line)).map((line) => `missing ${line}`),
    ...found.filter((line) => !there.has(line)).map((line) => `too much ${line}`),
  ]
}
