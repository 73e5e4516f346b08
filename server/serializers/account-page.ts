import type { Ctx } from '#core/ctx'
import type { Related } from '#core/relationships/relationship.queries'
import { Page } from '../answers.ts'
import { accountsJson, accountsJsonById } from './account.ts'

/** A page of accounts that pages by the id of the relation and links on while pages are full (PAGE-08, PAGE-14). */
export async function accountPage(ctx: Ctx, found: Related[], limit: number): Promise<Page> {
  const accounts = found.map(({ accountId }) => ({ id: accountId }))
  return pageOfRelated(await accountsJson(ctx, accounts), found, limit)
}

/** The same with the end of each mute (ACCT-29). */
export async function mutedAccountPage(ctx: Ctx, found: Related[], limit: number): Promise<Page> {
  const byId = await accountsJsonById(
    ctx,
    found.map(({ accountId }) => accountId),
  )
  const items = found.flatMap(({ accountId, expiresAt }) => {
    const account = byId.get(accountId)
    return account ? { ...account, mute_expires_at: expiresAt?.toISOString() ?? null } : []
  })
  return pageOfRelated(items, found, limit)
}

const pageOfRelated = (items: unknown[], found: Related[], limit: number): Page =>
  new Page(
    items,
    found.map(({ id }) => id),
    { internal: true, full: found.length === limit },
  )
