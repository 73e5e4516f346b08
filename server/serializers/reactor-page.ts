import type { Ctx } from '#core/ctx'
import type { Reactor } from '#core/reactions/reactor.queries'
import { Page } from '../answers.ts'
import { type AccountJson, accountsJsonById } from './account.ts'

type Options = {
  limit: number
  render(reactor: Reactor, account: AccountJson): object
}

/** A page of reactions with who gave them, which pages by their ids and links on while pages are full. */
export async function reactorPage(
  ctx: Ctx,
  found: readonly Reactor[],
  { limit, render }: Options,
): Promise<Page> {
  const accounts = await accountsJsonById(
    ctx,
    found.map(({ accountId }) => accountId),
  )
  const items = found.flatMap((each) => {
    const account = accounts.get(each.accountId)
    return account ? [render(each, account)] : []
  })
  const cursors = found.map(({ id }) => id)
  return new Page(items, cursors, { internal: true, full: found.length === limit })
}
