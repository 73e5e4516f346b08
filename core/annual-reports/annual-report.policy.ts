import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import type { Id } from '#platform/ids'
import { AnnualReport, type Archetype } from './annual-report.model.ts'
import { hasPostsIn, type YearFigures } from './year.queries.ts'

export type ReportState = 'available' | 'generating' | 'eligible' | 'ineligible'

const DECEMBER = 11

// A year that is not nearly over is no year yet; before the first posts of all there is nothing.
const isOver = (year: number): boolean => {
  const today = now()
  return (
    year < today.getUTCFullYear() || (year === today.getUTCFullYear() && today.getUTCMonth() === DECEMBER)
  )
}

/** How it stands with a year of a member (MISC-13). */
export async function reportState(
  ctx: Pick<Ctx, 'tx'>,
  { accountId, year }: { accountId: Id; year: number },
): Promise<ReportState> {
  if (year < 1970 || !isOver(year)) return 'ineligible'
  const found = await AnnualReport.findOne({ where: { accountId, year }, transaction: ctx.tx ?? null })
  if (found) return found.data ? 'available' : 'generating'
  return (await hasPostsIn(ctx, accountId, year)) ? 'eligible' : 'ineligible'
}

const FEW = 113

/** What sort of a member that was: by what they did most, or did little of. */
export function archetypeOf({ own, replies, boosts, polls }: YearFigures): Archetype {
  if (own + replies + boosts < FEW) return 'lurker'
  if (boosts > own * 2) return 'booster'
  if (polls > own * 0.1) return 'pollster'
  return replies > own * 2 ? 'replier' : 'oracle'
}
