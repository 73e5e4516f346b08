import { randomUUID } from 'node:crypto'
import { Account } from '../accounts/account.model.ts'
import { assertRunsInstance } from '../actor.ts'
import { instanceActorUri, isOurs } from '../addresses.ts'
import type { Ctx } from '../ctx.ts'
import { isBarredDomain } from '../instances/instance.policy.ts'
import { Conflict, Invalid } from '#platform/errors'
import { emit } from '#platform/facts'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import { Relay, type RelayKind } from './relay.model.ts'

type Wanted = { url: string; kind?: RelayKind | undefined }

/**
 * Asks a relay to take this instance in (FEP-ae0c): a Mastodon-style one by its inbox, a LitePub-style one by its actor,
 * which the address tells unless `kind` does. One that refused before is asked again. Throws Forbidden for anybody but
 * staff, Invalid with a sentence about an address that is none, or where no relay can be, Conflict when it was asked before.
 */
export async function subscribeToRelay(ctx: Ctx, { url, kind }: Wanted): Promise<Relay> {
  assertRunsInstance(ctx)
  const address = await checkedAddress(url)
  const found = await findRelay(ctx, address, kind)
  return transact(ctx, async (ctx) => {
    const { tx: transaction } = ctx
    const { inboxUrl } = found
    await lockKeys(ctx, [`relay ${inboxUrl}`])
    const known = await Relay.findOne({ where: { inboxUrl }, transaction })
    if (known && known.state !== 'rejected')
      throw new Conflict(`${known.url} was asked before and is ${known.state}; remove it to ask anew.`)
    await known?.destroy({ transaction })
    const followUri = `${instanceActorUri}/follows/${randomUUID()}`
    const relay = await Relay.create({ ...found, url: address, followUri }, { transaction })
    await emit(ctx, 'relay.asked', { relayId: relay.id })
    return relay
  })
}

async function checkedAddress(text: string): Promise<string> {
  const url = URL.parse(text.trim())
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw new Invalid(`${text} is no address of a relay; write it whole: https://relay.example/inbox.`)
  if (isOurs(url.href)) throw new Invalid(`${url.href} is of this instance itself.`)
  if (await isBarredDomain(url.host))
    throw new Invalid(`A rule here bars ${url.host}: nothing is sent there or taken from there.`)
  url.hash = ''
  return url.href
}

type Found = Pick<Relay, 'kind' | 'inboxUrl' | 'domain' | 'accountId'>

async function findRelay(ctx: Ctx, address: string, kind: RelayKind | undefined): Promise<Found> {
  const isInbox = /\/inbox\/?$/.test(new URL(address).pathname)
  const isPlain = isInbox && kind !== 'litepub'
  const id = isPlain ? undefined : await ctx.remote.findAccountAt(ctx, address)
  const account = id ? await Account.findByPk(id) : null
  if (account?.inboxUrl) {
    if (account.kind === 'person' && !kind)
      throw new Invalid(`${address} is a person, as it says itself; if it is a relay, say --kind.`)
    return foundAt(kind ?? 'litepub', account.inboxUrl, account.id)
  }
  if (isPlain || kind === 'mastodon') return foundAt('mastodon', address, null)
  throw new Invalid(
    `No actor that could be followed answers at ${address}. Of a Mastodon-style relay give the inbox, mostly https://…/inbox; "kith federation why" tells more.`,
  )
}

const foundAt = (kind: RelayKind, inboxUrl: string, accountId: string | null): Found => ({
  kind,
  inboxUrl,
  domain: new URL(inboxUrl).host,
  accountId,
})
