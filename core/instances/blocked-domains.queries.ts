import type { Transaction } from 'sequelize'
import { rows } from '#platform/db'

/** A domain that the admins keep out or quiet, and what they tell about it. */
export type BlockedDomain = { domain: string; severity: 'silence' | 'suspend'; publicComment: string | null }

/** The domains that are kept out or quiet, those kept out first; rules that do neither are left out (INST-23). */
export const blockedDomains = (ctx: { tx?: Transaction | undefined }): Promise<BlockedDomain[]> =>
  rows<BlockedDomain>(
    ctx,
    `SELECT domain, severity, public_comment AS "publicComment" FROM domain_rules
     WHERE severity IN ('silence', 'suspend') ORDER BY severity DESC, domain`,
  )
