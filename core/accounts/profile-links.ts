import type { TxCtx } from '../ctx.ts'
import { isOurs } from '../addresses.ts'
import { findHtmlLinks } from '../text/find-html-links.ts'
import { htmlToText } from '../text/html-to-text.ts'
import { inSeconds } from '#platform/clock'
import { emit } from '#platform/facts'
import type { Account, AccountField } from './account.model.ts'

/** A profile is known to many servers at once: not all of them ask the page in the same moment. */
const SPREAD_SECONDS = 60

/** The page that a field names and that may link back: its value is that address alone; undefined for all others. */
export function linkOf({ valueHtml }: AccountField): string | undefined {
  const [url, ...more] = findHtmlLinks(valueHtml)
  const isAlone = url !== undefined && more.length === 0 && !/\s/.test(htmlToText(valueHtml).trim())
  return isAlone && !isOurs(url) ? url : undefined
}

/** Sees to it that the pages of a profile that are not verified yet are asked, within a minute. */
export async function owePageChecks(
  ctx: TxCtx,
  { id, fields }: Pick<Account, 'id' | 'fields'>,
): Promise<void> {
  if (!fields.some((field) => !field.verifiedAt && linkOf(field))) return
  const dueAt = inSeconds(1 + Math.floor(Math.random() * SPREAD_SECONDS))
  await emit(ctx, 'account.linked', { accountId: id }, { dueAt, key: `links of ${id}` })
}
