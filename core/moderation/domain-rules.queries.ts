import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'

/** What was decided about a domain: a rule, that it is allowed where only allowed ones are, or both; `since` of the first. */
export type DomainRuleReport = {
  domain: string
  severity: 'noop' | 'silence' | 'suspend' | null
  isAllowed: boolean
  rejectMedia: boolean
  publicComment: string | null
  privateComment: string | null
  since: Date
}

/** Every domain that something was decided about, by its name. */
export const domainRules = (ctx: Pick<Ctx, 'tx'>): Promise<DomainRuleReport[]> =>
  rows(
    ctx,
    `SELECT domain, r.severity, a.domain IS NOT NULL AS "isAllowed", coalesce(r.reject_media, false) AS "rejectMedia",
       r.public_comment AS "publicComment", r.private_comment AS "privateComment",
       least(r.created_at, a.created_at) AS since
     FROM domain_rules AS r FULL JOIN allowed_domains AS a USING (domain) ORDER BY domain`,
  )
