import { findAccount } from '#core/accounts/find-account'
import type { Ctx } from '#core/ctx'
import { type AccountPostsFilter, postsOfAccount } from '#core/posts/account-posts.queries'
import { NotFound } from '#platform/errors'
import { isId, type Id } from '#platform/ids'
import { alternateOf } from '#server/pages/alternate'
import { postView } from '#server/pages/entity-views'
import { findProfile } from '#server/pages/find-profile'
import { leadTo } from '#server/pages/lead-to'
import { pages } from '#server/pages/pages'
import { cursorsOf, PAGE_SIZE, pagerOf } from '#server/pages/paging'
import type { PostView } from '#server/pages/parts/post'
import { profileView } from '#server/pages/profile-view'
import { profileFeed } from '#server/pages/views/feed'
import { profilePage, type ProfileTab } from '#server/pages/views/profile'
import type { Visit } from '#server/pages/visit'
import { oneAccountJson } from '#server/serializers/account'
import { statusesJson } from '#server/serializers/status'

const filters: Record<ProfileTab, AccountPostsFilter> = {
  posts: { excludeReplies: true, excludeDirect: true },
  replies: { excludeDirect: true },
  media: { onlyMedia: true, excludeBoosts: true, excludeDirect: true },
}

async function pinnedOf(ctx: Ctx, accountId: Id): Promise<PostView[]> {
  const cursors = { limit: PAGE_SIZE }
  const ids = await postsOfAccount(ctx, { accountId, cursors, filter: { pinned: true, excludeDirect: true } })
  return (await statusesJson(ctx, ids)).map((json) => postView(json, { pinned: true }))
}

async function profile(visit: Visit, tab: ProfileTab): Promise<string> {
  const found = await findProfile(visit, String(visit.req.params.name))
  if ('elsewhere' in found) return found.elsewhere
  const { ctx, req, res, site } = visit
  const { account } = found
  const cursors = cursorsOf(new URL(req.originalUrl, site.origin).searchParams)
  const isFirst = tab === 'posts' && cursors.max_id === undefined && cursors.min_id === undefined
  const [ids, pinned] = await Promise.all([
    postsOfAccount(ctx, { accountId: account.id, cursors, filter: filters[tab] }),
    isFirst ? pinnedOf(ctx, account.id) : [],
  ])
  const posts = [...pinned, ...(await statusesJson(ctx, ids)).map((json) => postView(json))]
  alternateOf(res, account.uri)
  return profilePage(site, { ...profileView(account), tab, posts, pager: pagerOf(req.path, cursors, ids) })
}

/** A feed is read by programs that nobody is logged in to, and kept by them: it holds what everybody may see. */
async function feed(visit: Visit): Promise<string | undefined> {
  const ctx: Ctx = { actor: { kind: 'visitor' }, remote: visit.ctx.remote }
  const found = await findProfile({ ...visit, ctx }, String(visit.req.params.name))
  if ('elsewhere' in found) throw new NotFound()
  const { account } = found
  const filter = { excludeReplies: true, excludeBoosts: true }
  const ids = await postsOfAccount(ctx, { accountId: account.id, cursors: { limit: PAGE_SIZE }, filter })
  const posts = (await statusesJson(ctx, ids)).map((json) => postView(json))
  visit.res.type('application/rss+xml').send(profileFeed(visit.site, { ...profileView(account), posts }))
  return undefined
}

export default pages((r) => {
  r.get('/@:name', (visit) => profile(visit, 'posts'))
  r.get('/@:name/with_replies', (visit) => profile(visit, 'replies'))
  r.get('/@:name/media', (visit) => profile(visit, 'media'))
  r.get('/@:name.rss', feed)

  // The ids of accounts, as other servers know them; people who follow one want the page.
  r.get('/users/:id', async (visit) => {
    const { id } = visit.req.params
    if (!isId(id)) throw new NotFound()
    return leadTo(visit, await oneAccountJson(visit.ctx, (await findAccount(visit.ctx, { id })).id))
  })
})
