import { Account } from '#core/accounts/account.model'
import { endAccount } from '#core/accounts/end-account'
import type { Ctx } from '#core/ctx'
import { isBarredDomain } from '#core/instances/instance.policy'
import { pardonAccount } from '#core/moderation/pardon-account'
import type { Facts } from '#platform/facts'
import { Retry } from '#platform/outcomes'
import { fetchObject, isGoneAtOrigin } from './fetch-object.ts'
import { takeActor } from './find-account.ts'
import { textOf } from './properties.ts'

/**
 * Lets somebody back whose domain is suspended no more: first their own server is asked who they are now, then what they wrote is
 * shown again (federation rule 233). Whoever is gone there ends here. Throws Retry while their server does not answer.
 */
export async function readmitAccount(ctx: Ctx, fact: Facts['account.pardoned']): Promise<void> {
  const account = await Account.findByPk(fact.accountId)
  const uri = account?.uri
  if (!uri || !account.suspendedAt || (await isBarredDomain(account.domain ?? ''))) return
  const actor = await fetchObject(ctx, uri, { soon: true })
  if (actor && textOf(actor.id) === uri && (await takeActor(actor))) return pardonAccount(ctx, fact)
  if (await isGoneAtOrigin(uri, { isForGood: true })) return endAccount(ctx, { accountId: account.id })
  throw new Retry(`${uri} cannot be fetched`)
}
