import { assertRunsInstance } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { Conflict } from '#platform/errors'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { discardMedia } from './discard-media.ts'
import { Emoji } from './emoji.model.ts'
import { categoryOf, shortcodeOf } from './emoji.policy.ts'
import { uploadPicture } from './upload-picture.ts'
import type { UploadedFile } from './uploaded-file.ts'

export type NewEmoji = {
  shortcode: string
  file: UploadedFile
  /** Whose the picture is: the instance's own account. */
  ownerId: Id
  category?: string | undefined
  isInPicker?: boolean
  /** Take the place of the one that has this code. */
  replaces?: boolean
}

/**
 * Adds a custom emoji to this instance, or a new picture to one. Throws Forbidden, Conflict when there is one of this code,
 * Invalid when code, category or picture will not do.
 */
export async function addEmoji(ctx: Ctx, draft: NewEmoji): Promise<Emoji> {
  assertRunsInstance(ctx)
  const shortcode = shortcodeOf(draft.shortcode)
  const where = { shortcode, domain: null }
  const taken = await Emoji.findOne({ where, transaction: ctx.tx ?? null })
  if (taken && !draft.replaces) throw new Conflict(`There is an emoji :${shortcode}: already.`)
  const category = draft.category === undefined && taken ? taken.category : categoryOf(draft.category)
  const { id: mediumId } = await uploadPicture(ctx, {
    ownerId: draft.ownerId,
    purpose: 'emoji',
    file: draft.file,
  })
  return transact(ctx, async (ctx) => {
    const { tx: transaction } = ctx
    const known = await Emoji.findOne({ where, transaction, lock: transaction.LOCK.UPDATE })
    const columns = { mediumId, category, isInPicker: draft.isInPicker ?? known?.isInPicker ?? true }
    if (!known) return Emoji.create({ shortcode, ...columns }, { transaction })
    const former = known.mediumId
    await known.update({ ...columns, updatedAt: now() }, { transaction })
    await discardMedia(ctx, former ? [former] : [])
    return known
  })
}
