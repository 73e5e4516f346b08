import { assertRunsInstance } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { NotFound } from '#platform/errors'
import { transact } from '#platform/transact'
import { discardMedia } from './discard-media.ts'
import { Emoji } from './emoji.model.ts'
import { shortcodeOf } from './emoji.policy.ts'

/** Takes an emoji of this instance away with its picture. Throws Forbidden, NotFound, Invalid. */
export async function removeEmoji(ctx: Ctx, { shortcode }: { shortcode: string }): Promise<void> {
  assertRunsInstance(ctx)
  const code = shortcodeOf(shortcode)
  await transact(ctx, async (ctx) => {
    const { tx: transaction } = ctx
    const emoji = await Emoji.findOne({ where: { shortcode: code, domain: null }, transaction })
    if (!emoji) throw new NotFound(`There is no emoji :${code}:.`)
    await emoji.destroy({ transaction })
    await discardMedia(ctx, emoji.mediumId ? [emoji.mediumId] : [])
  })
}
