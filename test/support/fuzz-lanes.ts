import type { Json } from '#federation/properties'
import { fedifyLane } from './fedify-lane.ts'
import { dice } from './fuzz.ts'
import { type Both, compare } from './lane-differences.ts'
import { ann, eve, mutate } from './lane-mutations.ts'
import { isTaken, kithLane, signedDelivery } from './lanes.ts'
import type { PayloadWorld } from './payload-world.ts'

/** What came of many cases: how many, by which rules the lanes differed, and what no rule explains. */
export type Tally = {
  cases: number
  taken: number
  byRule: Map<string, number>
  unexplained: { seed: number; sent: Json; differences: string[] }[]
}

/** Runs one body, signed by ann, through both lanes. */
export function lanesOf(world: PayloadWorld): (sent: Json) => Promise<Both> {
  const fedify = fedifyLane((address) => world.answer(address))
  for (const who of [ann, eve]) world.person(who)
  return async (sent) => {
    const request = signedDelivery(Buffer.from(JSON.stringify(sent)), {
      keyId: `${ann}#stub-key`,
      privateKeyPem: world.privateKeyPem,
    })
    return { sent, kith: await kithLane(request), fedify: await fedify(request) }
  }
}

/** Sends mutants of activities through both lanes, one for each seed from `seed` on. */
export async function fuzzLanes(world: PayloadWorld, seed: number, cases: number): Promise<Tally> {
  const run = lanesOf(world)
  const tally: Tally = { cases, taken: 0, byRule: new Map(), unexplained: [] }
  for (let at = seed; at < seed + cases; at++) {
    const sent = mutate(at, dice(at))
    const { rules, differences } = await compare(sent, async (body) => {
      const both = await run(body)
      if (body === sent && isTaken(both.kith)) tally.taken++
      return both
    })
    for (const rule of rules) tally.byRule.set(rule, (tally.byRule.get(rule) ?? 0) + 1)
    if (differences.length > 0) tally.unexplained.push({ seed: at, sent, differences })
  }
  return tally
}
