import type { Account } from '#core/accounts/account.model'
import { receiveMove } from '#core/accounts/receive-move'
import { accountUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { matters } from '../concerns-us.ts'
import { fetchObject } from '../fetch-object.ts'
import { takeActor } from '../find-account.ts'
import { findStoredAccount } from '../find-stored.ts'
import { listen } from '../listen.ts'
import { NotYet } from '../not-yet.ts'
import { idOf } from '../properties.ts'

/**
 * Move: the sender goes on under another account (wire 8.13, federation rule 71). Both ends are fetched anew; the new one
 * must name the old one, the old one must not name a third. Until the new one does, it is looked at again.
 */
export default listen(['Move'], async (ctx, { json, actor, isForwarded }) => {
  const [from, to] = [idOf(json.object), idOf(json.target)]
  if (isForwarded || from !== accountUri(actor) || !to || to === from || !(await matters(actor.id))) return
  const origin = await fetchObject(ctx, from, { soon: true })
  const named = origin && idOf(origin.movedTo)
  if (named && named !== to) return
  if (origin) await takeActor(origin)
  const target = await takeTarget(ctx, to)
  const problem = target && (await receiveMove(ctx, { accountId: actor.id, targetId: target.id }))
  if (!target || problem === 'no-alias') throw new NotYet(`${to} does not name ${from} as an alias`)
})

async function takeTarget(ctx: Ctx, uri: string): Promise<Account | null> {
  const stored = await findStoredAccount(uri)
  if (stored?.isLocal) return stored
  const document = await fetchObject(ctx, uri, { soon: true })
  return document ? takeActor(document) : null
}
