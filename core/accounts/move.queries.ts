import { actingPerson } from '../actor.ts'
import { parseOurs } from '../addresses.ts'
import type { Ctx } from '../ctx.ts'
import { Account } from './account.model.ts'

/** Another account of a member, by its ActivityPub id; `acct` is its handle as far as that is known here. */
export type Alias = { uri: string; acct: string | null }

/** The aliases of the acting member, and the handle of where they went. */
export async function movesOf(ctx: Ctx): Promise<{ aliases: Alias[]; movedTo: string | null }> {
  const { accountId } = actingPerson(ctx)
  const account = await Account.findByPk(accountId, { rejectOnEmpty: true })
  const target = account.movedToId ? await Account.findByPk(account.movedToId) : null
  const aliases = await Promise.all(
    account.alsoKnownAs.map(async (uri) => ({ uri, acct: (await named(uri))?.acct ?? null })),
  )
  return { aliases, movedTo: target?.acct ?? null }
}

function named(uri: string): Promise<Account | null> {
  const ours = parseOurs(uri)
  const isAccount = ours && 'accountId' in ours
  return Account.findOne({ where: isAccount ? { id: ours.accountId, domain: null } : { uri } })
}
