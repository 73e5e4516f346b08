import { z } from 'zod'
import { accountIdOf } from '#core/actor'
import { findAccount } from '#core/accounts/find-account'
import type { Ctx } from '#core/ctx'
import type { Cursors } from '#core/paging'
import { followedBy, followersOf, type Related } from '#core/relationships/relationship.queries'
import { showsNetwork } from '#core/relationships/relationship.policy'
import type { Page } from '../answers.ts'
import { cursors, id } from '../input.ts'
import { routes } from '../routes.ts'
import { accountPage } from '../serializers/account-page.ts'

const page = z.looseObject({ id: id(), ...cursors(40, 80) })
const options = { access: 'optional', scopes: ['read:accounts'], input: page } as const

type Find = (ctx: Ctx, accountId: string, cursors: Cursors) => Promise<Related[]>

// Hidden lists are empty ones; only their owner sees them always (ACCT-17).
const listed =
  (find: Find) =>
  async (ctx: Ctx, { id: accountId, ...rest }: z.output<typeof page>): Promise<Page> => {
    const account = await findAccount(ctx, { id: accountId })
    const isShown = await showsNetwork(ctx, account, accountIdOf(ctx.actor))
    return accountPage(ctx, isShown ? await find(ctx, accountId, rest) : [], rest.limit)
  }

export default routes('/api/v1/accounts', (r) => {
  r.get('/:id/followers', { ...options, answers: 'Array<Account>' }, listed(followersOf))
  r.get('/:id/following', { ...options, answers: 'Array<Account>' }, listed(followedBy))
})
