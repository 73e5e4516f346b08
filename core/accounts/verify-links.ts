import { accountUri, accountUrl } from '../addresses.ts'
import type { Ctx } from '../ctx.ts'
import { findMeLinks } from '../text/find-me-links.ts'
import { now } from '#platform/clock'
import type { Facts } from '#platform/facts'
import { http } from '#platform/http'
import { FetchFailed } from '#platform/http-errors'
import { log } from '#platform/log'
import { transact } from '#platform/transact'
import { Account, type AccountField } from './account.model.ts'
import { linkOf } from './profile-links.ts'

/** More than anybody fills in; who is elsewhere may have up to fifty fields. */
const MOST = 8
const PATIENCE = 10_000

/**
 * Asks the pages that a profile names whether they link back to it by rel="me", and marks those that do as verified.
 * A page that does not answer is asked again when the profile changes or is fetched anew.
 */
export async function verifyLinks(ctx: Ctx, { accountId }: Facts['account.linked']): Promise<void> {
  const account = await Account.findByPk(accountId)
  if (!account || account.goneAt || account.suspendedAt) return
  const open = account.fields.filter((field) => !field.verifiedAt && linkOf(field)).slice(0, MOST)
  const profiles = new Set([accountUrl(account), accountUri(account)].map(plain))
  const verified: string[] = []
  for (const field of open) if (await leadsBack(linkOf(field) ?? '', profiles)) verified.push(field.valueHtml)
  if (verified.length > 0) await mark(ctx, accountId, verified)
}

// The same page for a reader: its scheme, a final slash and the case of the host do not matter.
const plain = (address: string): string => {
  const url = URL.parse(address)
  return url ? `${url.host}${url.pathname.replace(/\/+$/, '')}${url.search}` : address
}

async function leadsBack(page: string, profiles: ReadonlySet<string>): Promise<boolean> {
  try {
    const { status, headers, body, url } = await http.request({
      url: page,
      accept: 'text/html',
      deadlineMs: PATIENCE,
    })
    if (status !== 200 || !/html/.test(String(headers['content-type'] ?? ''))) return false
    return findMeLinks(body.toString('utf8'), url).some((link) => profiles.has(plain(link)))
  } catch (error) {
    if (!(error instanceof FetchFailed)) throw error
    log.debug({ page, error: error.message }, 'a page of a profile could not be asked')
    return false
  }
}

// The profile may have changed meanwhile: only what is still there is marked.
const mark = (ctx: Ctx, accountId: string, verified: readonly string[]): Promise<void> =>
  transact(ctx, async ({ tx: transaction }) => {
    const account = await Account.findByPk(accountId, { transaction, lock: transaction.LOCK.UPDATE })
    if (!account) return
    const verifiedAt = now().toISOString()
    const marked = (field: AccountField): AccountField =>
      verified.includes(field.valueHtml) && !field.verifiedAt ? { ...field, verifiedAt } : field
    await account.update({ fields: account.fields.map(marked) }, { transaction })
  })
