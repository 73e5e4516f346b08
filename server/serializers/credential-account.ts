import { Account } from '#core/accounts/account.model'
import { countFollowRequests } from '#core/accounts/account.queries'
import { User } from '#core/auth/user.model'
import type { Ctx } from '#core/ctx'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { oneAccountJson } from './account.ts'
import { roleJson } from './role.ts'

/** A member's own account: with texts as typed, posting defaults and role (ACCT-01). Throws NotFound. */
export async function credentialAccountJson(ctx: Ctx, accountId: Id) {
  const tx = ctx.tx ?? null
  const [json, account, user, followRequests] = await Promise.all([
    oneAccountJson(ctx, accountId),
    Account.findByPk(accountId, { transaction: tx }),
    User.findOne({ where: { accountId }, transaction: tx }),
    countFollowRequests(ctx, accountId),
  ])
  if (!account || !user) throw new NotFound()
  return {
    ...json,
    source: {
      privacy: user.defaultVisibility,
      sensitive: user.defaultSensitive,
      language: user.defaultLanguage,
      note: account.note,
      fields: account.fields.map(({ name, value, verifiedAt }) => ({
        name,
        value,
        verified_at: verifiedAt ?? null,
      })),
      follow_requests_count: followRequests,
      hide_collections: account.hidesCollections,
      discoverable: account.isDiscoverable,
      indexable: account.isIndexable,
      attribution_domains: account.attributionDomains,
      quote_policy: user.defaultQuotePolicy,
    },
    role: roleJson(user.role),
  }
}
