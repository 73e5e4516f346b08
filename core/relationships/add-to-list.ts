import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import { Invalid, NotFound } from '#platform/errors'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { findList } from './find-list.ts'
import { ListMember } from './list-member.model.ts'

/**
 * Puts accounts into a list of the actor, all of them or none. Throws NotFound for an unknown list or account, Invalid
 * for one that the actor neither follows nor asked to follow nor is, or that is in the list (MISC-02).
 */
export const addToList = (
  ctx: Ctx,
  { listId, accountIds }: { listId: Id; accountIds: readonly Id[] },
): Promise<void> =>
  transact(ctx, async (ctx) => {
    const { ownerId } = await findList(ctx, { listId })
    const ids = [...new Set(accountIds)]
    const found = await rows<Candidate>(ctx, candidates, [ids, ownerId, listId])
    if (found.length < ids.length) throw new NotFound()
    if (found.some(({ isKnown }) => !isKnown))
      throw new Invalid('Validation failed: Follow must be followed to be in a list')
    if (found.some(({ isMember }) => isMember))
      throw new Invalid('Validation failed: Account has already been taken')
    const members = ids.map((accountId) => ({ listId, accountId }))
    await ListMember.bulkCreate(members, { ignoreDuplicates: true, transaction: ctx.tx })
    await emit(ctx, 'list.changed', { listId, ownerId })
  })

type Candidate = { isKnown: boolean; isMember: boolean }

const candidates = `SELECT
    a.id = $2 OR EXISTS (SELECT FROM follows AS f WHERE f.follower_id = $2 AND f.followed_id = a.id) AS "isKnown",
    EXISTS (SELECT FROM list_members AS m WHERE m.list_id = $3 AND m.account_id = a.id) AS "isMember"
  FROM accounts AS a WHERE a.id = ANY ($1::bigint[]) AND a.gone_at IS NULL`
