import { Op } from 'sequelize'
import type { TxCtx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { Medium } from './medium.model.ts'

/**
 * Takes from a post all media but those of `keep`, as an edit does (STAT-12). They can be attached again for a day
 * (STAT-20); those of a post elsewhere go for good then.
 */
export async function releaseMedia(ctx: TxCtx, postId: Id, keep: readonly Id[] = []): Promise<void> {
  const where = { postId, id: { [Op.notIn]: [...keep] } }
  await Medium.update({ postId: null, position: 0 }, { where, transaction: ctx.tx })
}
