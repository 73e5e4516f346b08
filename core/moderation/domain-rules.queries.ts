import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'

/** What was decided about a domain, and since when. */
export type DomainRuleReport = {
  domain: string
  severity: 'noop' | 'silence' | 'suspend'
  rejectMedia: boolean
  publicComment: string | null
  privateComment: string | null
  since: Date
}

/** Every rule about a domain, by its name. */
export const domainRules = (ctx: Pick<Ctx, 'tx'>): Promise<DomainRuleReport[]> =>
  rows(
    ctx,
    `SELECT domain, severity, reject_media AS "rejectMedia", public_comment AS "publicComment",
       private_comment AS "privateComment", created_at AS since
     FROM domain_rules ORDER BY domain`,
  )
