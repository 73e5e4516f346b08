import { z } from 'zod'
import { actingId } from '#core/actor'
import { reportState } from '#core/annual-reports/annual-report.policy'
import { findReport, findUnread } from '#core/annual-reports/find-reports'
import { readReport } from '#core/annual-reports/read-report'
import { requestReport } from '#core/annual-reports/request-report'
import { NotFound } from '#platform/errors'
import { Answer } from '../answers.ts'
import { text } from '../input.ts'
import { routes } from '../routes.ts'
import { annualReportsJson } from '../serializers/annual-report.ts'
import { refreshHeader } from '../serializers/refresh.ts'

// What is no year is one that nobody has a report about.
const one = z.looseObject({
  year: text().transform((typed = '') => {
    if (!/^\d{4}$/.test(typed)) throw new NotFound()
    return Number(typed)
  }),
})
const read = { scopes: ['read:accounts'], input: one }
const write = { scopes: ['write:accounts'], input: one, answers: 'Empty' }

/** What members did in a year (MISC-13). */
export default routes('/api/v1/annual_reports', (r) => {
  r.get('/', { scopes: ['read:accounts'], answers: 'WrappedAnnualReports' }, async (ctx) =>
    annualReportsJson(ctx, await findUnread(ctx)),
  )
  r.get('/:year', { ...read, answers: 'WrappedAnnualReports' }, async (ctx, { year }) =>
    annualReportsJson(ctx, [await findReport(ctx, { year })]),
  )
  r.get('/:year/state', { ...read, answers: 'AnnualReportState' }, async (ctx, { year }) => ({
    state: await reportState(ctx, { accountId: actingId(ctx), year }),
  }))
  r.post('/:year/read', write, (ctx, { year }) => readReport(ctx, { year }))
  r.post('/:year/generate', write, async (ctx, { year }) => {
    const refresh = await requestReport(ctx, { year })
    return refresh ? new Answer(202, {}, refreshHeader(refresh)) : {}
  })
})
