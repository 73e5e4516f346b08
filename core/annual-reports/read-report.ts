import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { findReport } from './find-reports.ts'

/** Marks the actor's report about a year as read; a repeat changes nothing (MISC-13). Throws NotFound. */
export async function readReport(ctx: Ctx, { year }: { year: number }): Promise<void> {
  const report = await findReport(ctx, { year })
  if (!report.readAt) await report.update({ readAt: now() }, { transaction: ctx.tx ?? null })
}
