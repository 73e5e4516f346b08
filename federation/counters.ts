import { count as countMetric } from '#platform/metrics'

/** Counts what was taken and refused at the inbox, by reason: what admins see in the metrics (federation rule 234). */
export const count = (outcome: 'taken' | 'refused', why: string): void =>
  countMetric('kith_inbox_total', 'Activities that came in, by outcome and reason', { outcome, why })
