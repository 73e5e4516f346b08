import { actingId } from '../actor.ts'
import type { Ctx, TxCtx } from '../ctx.ts'
import { Follow } from '../relationships/follow.model.ts'
import { row } from '#platform/db'
import { Forbidden, Invalid, NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { dropRank } from './drop-rank.ts'
import { findGroup } from './find-group.ts'
import { assertAbove, isAbove, rankIn } from './group.policy.ts'
import type { GroupRank } from './group-role.model.ts'
import { stateDeed } from './state-deed.ts'

type Wish = { groupId: Id; accountIds: readonly Id[]; role: string }

/**
 * Gives members of a group a rank, or takes it away (`user`): admins may, of those below them and to ranks below their own;
 * an owner may hand the group on to one other, and is an admin then. Throws NotFound when somebody is no member, Invalid for
 * what is no rank, and Forbidden.
 */
export const changeRank = (ctx: Ctx, { groupId, accountIds, role }: Wish): Promise<void> =>
  transact(ctx, async (ctx) => {
    await findGroup(ctx, { groupId })
    if (!isRank(role) && role !== 'user')
      throw new Invalid('Validation failed: Role is not included in the list')
    if (role === 'owner' && accountIds.length !== 1)
      throw new Invalid('Validation failed: Role is for one only')
    for (const accountId of accountIds.toSorted()) {
      await assertAbove(ctx, { groupId, accountId, least: 'admin' })
      if (!isRank(role)) await dropRank(ctx, { groupId, accountId })
      else await raise(ctx, { groupId, accountId, role })
    }
  })

const isRank = (role: string): role is GroupRank => ['owner', 'admin', 'moderator'].includes(role)

async function raise(
  ctx: TxCtx,
  { groupId, accountId, role }: { groupId: Id; accountId: Id; role: GroupRank },
): Promise<void> {
  const actorId = actingId(ctx)
  const own = await rankIn(ctx, groupId, actorId)
  if (!own || (own !== 'owner' && !isAbove(own, role))) throw new Forbidden()
  const where = { followerId: accountId, followedId: groupId, state: 'accepted' as const }
  if (!(await Follow.findOne({ where, transaction: ctx.tx }))) throw new NotFound()
  const before = await rankIn(ctx, groupId, accountId)
  if (role === 'owner') await write(ctx, groupId, actorId, 'admin')
  await write(ctx, groupId, accountId, role)
  if (!before) await stateDeed(ctx, 'group.moderatorAdded', { groupId, accountId })
}

const write = (ctx: TxCtx, groupId: Id, accountId: Id, role: GroupRank) =>
  row(
    ctx,
    `INSERT INTO group_roles (group_id, account_id, role) VALUES ($1, $2, $3)
     ON CONFLICT (group_id, account_id) DO UPDATE SET role = excluded.role`,
    [groupId, accountId, role],
  )
