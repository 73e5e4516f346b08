import { resolveAccount } from '#core/accounts/resolve-account'
import { followAccount } from '#core/relationships/follow-account'
import { relationshipsOf } from '#core/relationships/relationship.queries'
import { search } from '#core/search/search'
import { NotFound } from '#platform/errors'
import { isId, type Id } from '#platform/ids'
import { takeLimit } from '#server/middleware/rate-limits'
import { paramsOf } from '#server/middleware/read-body'
import { authorView, postView } from '#server/pages/entity-views'
import { pages } from '#server/pages/pages'
import { paths } from '#server/pages/paths'
import { personOnly } from '#server/pages/person-only'
import { textsOf } from '#server/pages/refusals'
import { errorPage } from '#server/pages/views/error'
import { type FollowView, followPage, foundPostPage } from '#server/pages/views/interaction'
import type { Visit } from '#server/pages/visit'
import { words } from '#server/pages/words'
import { oneAccountJson } from '#server/serializers/account'
import { statusJson } from '#server/serializers/status'

async function stateOf(visit: Visit, accountId: Id): Promise<FollowView['state']> {
  const viewer = personOnly(visit)
  if (viewer.accountId === accountId) return 'self'
  const [relationship] = await relationshipsOf(visit.ctx, viewer.accountId, [accountId])
  return relationship?.followState ?? 'none'
}

async function someone(visit: Visit, accountId: Id): Promise<string> {
  const [account, state] = await Promise.all([
    oneAccountJson(visit.ctx, accountId),
    stateOf(visit, accountId),
  ])
  return followPage(visit.site, { id: account.id, author: authorView(account), note: account.note, state })
}

type Found = { accountIds: Id[]; postIds: Id[] }

async function find({ ctx }: Visit, uri: string): Promise<Found> {
  const asked = { limit: 1, offset: 0, resolve: true, following: false }
  if (/^https?:/i.test(uri)) return search(ctx, { ...asked, query: uri })
  return { accountIds: [await resolveAccount(ctx, { acct: uri.replace(/^acct:/i, '') })], postIds: [] }
}

/** Other sites send people here with a handle or an address, as WebFinger tells them (wire 4.1). */
async function show(visit: Visit): Promise<string> {
  const { ctx, site, req, res } = visit
  personOnly(visit)
  const uri = new URL(req.originalUrl, site.origin).searchParams.get('uri') ?? ''
  const { accountIds, postIds } = await find(visit, uri)
  if (accountIds[0]) return someone(visit, accountIds[0])
  if (postIds[0]) return foundPostPage(site, postView(await statusJson(ctx, postIds[0])))
  res.status(404)
  return errorPage(site, { status: 404, requestId: null, text: words.interaction.nothing })
}

export default pages((r) => {
  r.get(paths.interact, show)

  r.post(paths.interact, async (visit) => {
    const { ctx, req } = visit
    const { userId } = personOnly(visit)
    const { id } = textsOf(paramsOf(req), 'id')
    if (!isId(id)) throw new NotFound()
    await takeLimit('follows', userId)
    await followAccount(ctx, { accountId: id })
    return someone(visit, id)
  })
})
