import { normalizeHashtag } from '#core/text/normalize-hashtag'
import { readablePart } from '#core/timelines/feed-access'
import { tagTimeline } from '#core/timelines/timeline.queries'
import { NotFound } from '#platform/errors'
import { postView } from '#server/pages/entity-views'
import { pages } from '#server/pages/pages'
import { cursorsOf, pagerOf } from '#server/pages/paging'
import { tagPage } from '#server/pages/views/tag'
import { statusesJson } from '#server/serializers/status'

export default pages((r) => {
  r.get('/tags/:name', async ({ ctx, req, site, settings }) => {
    const tag = String(req.params.name)
    if (!normalizeHashtag(tag)) throw new NotFound()
    const cursors = cursorsOf(new URL(req.originalUrl, site.origin).searchParams)
    const part = readablePart(ctx.actor, settings, { feed: 'tags', narrowing: {} })
    const ids = part ? await tagTimeline(ctx, { tag }, part, cursors) : []
    const posts = (await statusesJson(ctx, ids)).map((json) => postView(json))
    return tagPage(site, { name: tag, posts, pager: pagerOf(req.path, cursors, ids) })
  })
})
