import { accountIdOf } from '#core/actor'
import { hashtagUrl } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { dayOf, historyDays, type TagCard, type TagState, tagStates } from '#core/tags/tag.queries'
import { now } from '#platform/clock'
import type { Id } from '#platform/ids'

const DAY_SECONDS = 86_400

/**
 * Hashtags in the order given, with their last seven days (MISC-05); members also get how they stand to them. The number
 * of queries does not depend on how many there are.
 */
export async function tagsJson(ctx: Ctx, tags: readonly TagCard[]) {
  const viewerId = accountIdOf(ctx.actor)
  const ids = tags.flatMap(({ id }) => (id === '' ? [] : [id]))
  const states = new Map((await tagStates(ctx, ids, viewerId ?? null)).map((state) => [state.id, state]))
  return tags.map((tag) => render(tag, states.get(tag.id as Id), viewerId !== undefined))
}

/** One hashtag. */
export const tagJson = async (ctx: Ctx, tag: TagCard) => (await tagsJson(ctx, [tag]))[0]!

function render({ id, name, displayName }: TagCard, state: TagState | undefined, isMember: boolean) {
  const byDay = new Map(state?.days.map((each) => [each.day, each]))
  const today = dayOf(now())
  return {
    id,
    name: displayName,
    url: hashtagUrl(name),
    history: Array.from({ length: historyDays }, (_, back) => {
      const { uses = 0, accounts = 0 } = byDay.get(today - back) ?? {}
      return {
        day: String((today - back) * DAY_SECONDS),
        uses: String(uses),
        accounts: String(accounts),
      }
    }),
    ...(isMember ? { following: state?.isFollowed ?? false, featuring: state?.isFeatured ?? false } : {}),
  }
}
