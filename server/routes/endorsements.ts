import { z } from 'zod'
import { accountIdOf, actingId } from '#core/actor'
import { findAccount } from '#core/accounts/find-account'
import type { Ctx } from '#core/ctx'
import type { Cursors } from '#core/paging'
import { endorsedBy } from '#core/relationships/endorsement.queries'
import { areBlocked } from '#core/relationships/relationship.policy'
import type { Id } from '#platform/ids'
import { Page } from '../answers.ts'
import { cursors, id } from '../input.ts'
import { routes } from '../routes.ts'
import { accountsJson } from '../serializers/account.ts'

const page = cursors(40, 80)

// No limit at all is asked for with 0 (PAGE-17).
async function list(ctx: Ctx, accountId: Id, cursors: Cursors) {
  const found = await endorsedBy(ctx, accountId, cursors.limit === 0 ? undefined : cursors)
  const items = await accountsJson(
    ctx,
    found.map((id) => ({ id })),
  )
  if (cursors.limit === 0) return items
  return new Page(items, found, { internal: true, full: found.length === cursors.limit })
}

// Whoever is suspended or blocks the viewer recommends nobody to them.
async function isShown(ctx: Ctx, accountId: Id): Promise<boolean> {
  const { suspendedAt } = await findAccount(ctx, { id: accountId })
  const viewerId = accountIdOf(ctx.actor)
  return !suspendedAt && (viewerId === undefined || !(await areBlocked(ctx, viewerId, accountId)))
}

/** Whom members recommend (ACCT-34). */
export default routes('/api/v1', (r) => {
  r.get(
    '/endorsements',
    { scopes: ['read:accounts'], input: z.looseObject(page), answers: 'Array<Account>' },
    (ctx, cursors) => list(ctx, actingId(ctx), cursors),
  )
  r.get(
    '/accounts/:id/endorsements',
    {
      access: 'optional',
      scopes: ['read:accounts'],
      input: z.looseObject({ id: id(), ...page }),
      answers: 'Array<Account>',
    },
    async (ctx, { id: accountId, ...cursors }) =>
      (await isShown(ctx, accountId)) ? list(ctx, accountId, cursors) : [],
  )
})
