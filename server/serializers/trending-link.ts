import type { Ctx } from '#core/ctx'
import { accountIdOf } from '#core/actor'
import { dayOf, historyDays } from '#core/tags/tag.queries'
import type { TrendingLink } from '#core/trends/trend.queries'
import { now } from '#platform/clock'
import { creatorsOf, previewCardJson } from './preview-card.ts'

const DAY_SECONDS = 86_400

/** Links that trend, as clients read them: the card and the last seven days, newest first. */
export async function trendingLinksJson(ctx: Ctx, links: readonly TrendingLink[]) {
  const creators = await creatorsOf(ctx, links, new Map())
  const viewerId = accountIdOf(ctx.actor)
  return links.map(({ card, days }) =>
    Object.assign(previewCardJson(card, { creators, viewerId }), { history: historyOf(days) }),
  )
}

function historyOf(days: TrendingLink['days']) {
  const byDay = new Map(days.map((each) => [each.day, each]))
  const today = dayOf(now())
  return Array.from({ length: historyDays }, (_, back) => {
    const { uses = 0, accounts = 0 } = byDay.get(today - back) ?? {}
    return { day: String((today - back) * DAY_SECONDS), uses: String(uses), accounts: String(accounts) }
  })
}
