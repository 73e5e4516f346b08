import type { Ctx } from '#core/ctx'
import { discardMedia } from '#core/media/discard-media'
import { discardMediaOf } from '#core/media/discard-media-of'
import { removeFiles } from '#core/media/remove-files'
import type { Facts } from '#platform/facts'
import { transact } from '#platform/transact'
import { consequences } from '../consequences.ts'

const discardMediaOfPost = (ctx: Ctx, { mediaIds }: Facts['post.deleted']): Promise<void> =>
  transact(ctx, (ctx) => discardMedia(ctx, mediaIds))

const discardMediaOfAccount = (ctx: Ctx, { accountId }: Facts['account.deleted']): Promise<void> =>
  discardMediaOf(ctx, accountId)

export default consequences({
  'media.discarded': [removeFiles],
  'post.deleted': [discardMediaOfPost],
  'account.deleted': [discardMediaOfAccount],
})
