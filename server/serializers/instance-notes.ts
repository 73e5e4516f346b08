import { createHash } from 'node:crypto'
import type { BlockedDomain } from '#core/instances/blocked-domains.queries'
import type { TermsVersion } from '#core/instances/find-terms'
import type { Week } from '#core/instances/instance.queries'

/** Times of notes that admins write have whole seconds (ID-10). */
export const wholeSeconds = (time: string): string => time.replace(/\.\d+Z$/, 'Z')

/** One week of what happened here; all numbers are texts (INST-22). */
export const weekJson = ({ week, posts, active, newcomers }: Week) => ({
  week: String(week.getTime() / 1000),
  statuses: String(posts),
  logins: String(active),
  registrations: String(newcomers),
})

/** A version of the terms of service (INST-24). */
export const termsJson = ({ date, html, isEffective, succeededBy }: TermsVersion) => ({
  effective_date: date,
  effective: isEffective,
  content: html,
  succeeded_by: succeededBy,
})

/** A domain that is kept out or quiet, with the reason for those who may see it (INST-23). */
export const blockedDomainJson = (
  { domain, severity, publicComment }: BlockedDomain,
  { withReason }: { withReason: boolean },
) => ({
  domain,
  digest: createHash('sha256').update(domain).digest('hex'),
  severity,
  comment: withReason ? (publicComment ?? '') : null,
})
