import { assertRunsInstance } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { NotFound } from '#platform/errors'
import { Emoji } from './emoji.model.ts'
import { categoryOf, shortcodeOf } from './emoji.policy.ts'

export type EmojiEdit = {
  shortcode: string
  /** Blank for none. */
  category?: string | undefined
  isInPicker?: boolean | undefined
  isDisabled?: boolean | undefined
}

/** Changes an emoji of this instance; what is absent stays. Throws Forbidden, NotFound, Invalid. */
export async function editEmoji(ctx: Ctx, { shortcode, category, ...wanted }: EmojiEdit): Promise<Emoji> {
  assertRunsInstance(ctx)
  const emoji = await Emoji.findOne({
    where: { shortcode: shortcodeOf(shortcode), domain: null },
    transaction: ctx.tx ?? null,
  })
  if (!emoji) throw new NotFound(`There is no emoji :${shortcode}:.`)
  const { isInPicker = emoji.isInPicker, isDisabled = emoji.isDisabled } = wanted
  return emoji.update(
    {
      isInPicker,
      isDisabled,
      category: category === undefined ? emoji.category : categoryOf(category),
      updatedAt: now(),
    },
    { transaction: ctx.tx ?? null },
  )
}
