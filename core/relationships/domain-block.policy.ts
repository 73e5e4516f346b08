import { domainToASCII } from 'node:url'
import type { Ctx } from '../ctx.ts'
import { row } from '#platform/db'
import { Invalid } from '#platform/errors'
import type { Id } from '#platform/ids'

const label = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/

/** A domain as accounts have it: ASCII, lower case, with its port if any. Throws Invalid for what is none (ACCT-39). */
export function domainOf(text: string): string {
  const [, name = '', port = ''] = /^(.*?)(:\d{1,5})?$/.exec(text.trim().replace(/^@/, '')) ?? []
  // What would end a host in an address is none of its characters.
  const ascii = /[\s/?#@\\%]/.test(name) ? '' : domainToASCII(name).toLowerCase()
  if (ascii.length > 253 || !ascii.split('.').every((part) => label.test(part)))
    throw new Invalid('Validation failed: Domain is not a valid domain name')
  return ascii + port
}

/** Does this member block the server of an account? Accounts here are of no other server. */
export const blocksDomainOf = async (
  ctx: Pick<Ctx, 'tx'>,
  ownerId: Id,
  { domain }: { domain: string | null },
): Promise<boolean> =>
  domain !== null &&
  (await row(ctx, 'SELECT 1 FROM domain_blocks WHERE account_id = $1 AND domain = $2', [ownerId, domain])) !==
    undefined
