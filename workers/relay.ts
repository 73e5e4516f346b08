import type { Ctx } from '#core/ctx'
import type { FactName, Facts } from '#platform/facts'
import { log } from '#platform/log'
import { isRedisAway } from '#platform/outage'
import { Retry } from '#platform/outcomes'
import type { OwedRow } from '#platform/owed-work'
import type { FollowUp } from './consequences.ts'
import type { Outcome } from './runner.ts'

type FactPayload = { name: FactName; payload: Facts[FactName]; done?: string[] }

/**
 * Expands a fact into its consequences. Each is run and recorded alone: those that succeeded are not run again when
 * another one fails. Heavy ones are left to the workers of kind `heavy-fact`.
 */
export const relay =
  (ctx: Ctx, followUps: Map<FactName, FollowUp[]>, heavy: boolean) =>
  async (row: OwedRow): Promise<Outcome> => {
    const { name, payload, done = [] } = row.payload as FactPayload
    const all = followUps.get(name) ?? []
    const due = all.filter((each) => !done.includes(each.name))
    const mine = due.filter((each) => each.heavy === heavy)
    const results = await Promise.allSettled(mine.map((each) => each.run(ctx, payload)))
    const failed = results.flatMap((result, at) =>
      result.status === 'rejected' ? [{ name: mine[at]!.name, why: result.reason }] : [],
    )
    if (failed.length > 0) {
      const sound = mine.map((each) => each.name).filter((each) => !failed.some((one) => one.name === each))
      const reason = failed.map((each) => `${each.name}: ${describe(each.why)}`).join('; ')
      throw new Retry(reason, {
        payload: { name, payload, done: [...done, ...sound] },
        // One that failed by itself is what its tries are counted for.
        cause: (failed.find(({ why }) => !isRedisAway(why)) ?? failed[0]!).why,
      })
    }
    log.trace({ fact: name, consequences: mine.length }, 'a fact had its consequences')
    if (mine.length < due.length) return { kind: heavy ? 'fact' : 'heavy-fact' }
  }

const describe = (error: unknown): string => (Error.isError(error) ? error.message : String(error))
