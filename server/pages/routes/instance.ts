import { findTerms } from '#core/instances/find-terms'
import { countFigures } from '#core/instances/instance.queries'
import { readablePart } from '#core/timelines/feed-access'
import { publicTimeline } from '#core/timelines/timeline.queries'
import { authorView, postView } from '#server/pages/entity-views'
import { raw } from '#server/pages/html'
import { pages } from '#server/pages/pages'
import type { ContactView } from '#server/pages/parts/contact'
import type { PostView } from '#server/pages/parts/post'
import { paths } from '#server/pages/paths'
import { privacyHtml } from '#server/pages/privacy-text'
import { aboutPage } from '#server/pages/views/about'
import { landingPage } from '#server/pages/views/landing'
import { termsPage } from '#server/pages/views/terms'
import { privacyPage } from '#server/pages/views/privacy'
import type { Visit } from '#server/pages/visit'
import { accountsJson } from '#server/serializers/account'
import { statusesJson } from '#server/serializers/status'

async function contactOf({ ctx, settings }: Visit): Promise<ContactView> {
  const { contactEmail: email, contactAccountId: id } = settings
  const [account] = id ? await accountsJson(ctx, [{ id }]) : []
  return { account: account && !account.suspended ? authorView(account) : null, email }
}

async function latest({ ctx, settings }: Visit): Promise<PostView[]> {
  const part = readablePart(ctx.actor, settings, { feed: 'live', narrowing: { local: true } })
  const ids = part ? await publicTimeline(ctx, part, { limit: 10 }) : []
  return (await statusesJson(ctx, ids)).map((json) => postView(json))
}

export default pages((r) => {
  r.get(paths.home, async (visit) => {
    const { site, settings, ctx } = visit
    const [counts, contact, posts] = await Promise.all([countFigures(ctx), contactOf(visit), latest(visit)])
    const { description: summary, rules } = settings
    return landingPage(site, { summary, thumbnailUrl: null, counts, posts, rules, contact })
  })

  r.get(paths.about, async (visit) => {
    const { site, settings, ctx } = visit
    const [counts, contact] = await Promise.all([countFigures(ctx), contactOf(visit)])
    const description = settings.aboutHtml ? raw(settings.aboutHtml) : null
    return aboutPage(site, {
      summary: settings.description,
      description,
      rules: settings.rules,
      contact,
      counts,
      sourceUrl: settings.sourceUrl,
    })
  })

  r.get(paths.terms, async ({ site, settings }) => termsPage(site, findTerms(settings.terms)))

  r.get(paths.privacy, async ({ site, settings }) => {
    return privacyPage(site, { text: raw(privacyHtml(settings)), updatedAt: settings.privacyUpdatedAt })
  })
})
