import { lookUpAccount } from '#core/accounts/look-up-account'
import { Gone } from '#platform/errors'
import { elsewherePage } from '#server/pages/views/elsewhere'
import type { Visit } from '#server/pages/visit'
import { type AccountJson, oneAccountJson } from '#server/serializers/account'

/**
 * Finds the account of a page by what stands after its @. One of another server gives the page that points there.
 * Throws NotFound, and Gone for one that was suspended.
 */
export async function findProfile(
  { ctx, site }: Visit,
  acct: string,
): Promise<{ account: AccountJson } | { elsewhere: string }> {
  const { id, isLocal } = await lookUpAccount(ctx, { acct })
  const account = await oneAccountJson(ctx, id)
  if (account.suspended) throw new Gone()
  if (isLocal) return { account }
  return { elsewhere: elsewherePage(site, { handle: `@${account.acct}`, url: account.url }) }
}
