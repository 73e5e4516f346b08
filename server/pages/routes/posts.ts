import { lookUpAccount } from '#core/accounts/look-up-account'
import { Tombstone } from '#core/accounts/tombstone.model'
import { postUri } from '#core/addresses'
import { findPost } from '#core/posts/find-post'
import { visibleAmong } from '#core/posts/post.queries'
import { isWeb } from '#core/posts/remote-post'
import { gapAbove } from '#core/posts/threads/gap-above'
import { ancestorsOf, descendantsOf } from '#core/posts/threads/thread.queries'
import { Gone, NotFound } from '#platform/errors'
import { isId, type Id } from '#platform/ids'
import { alternateOf } from '#server/pages/alternate'
import { postView } from '#server/pages/entity-views'
import { leadTo } from '#server/pages/lead-to'
import { pages } from '#server/pages/pages'
import { postPage, type ReplyView } from '#server/pages/views/post'
import type { Visit } from '#server/pages/visit'
import { statusesJson, statusJson, type StatusJson } from '#server/serializers/status'

/** Gives each reply how deep it stands below the post; what answers something unseen stands beside what is nearest. */
function withDepths(rootId: Id, replies: readonly StatusJson[]): ReplyView[] {
  const depths = new Map([[rootId, 0]])
  return replies.map((json) => {
    const depth = (depths.get(json.in_reply_to_id ?? rootId) ?? 0) + 1
    depths.set(json.id, depth)
    return { post: postView(json), depth }
  })
}

const placeOf = ({ account, url, uri }: StatusJson) => ({ acct: account.acct, url: url ?? uri })

async function findStatus({ ctx, req }: Visit): Promise<StatusJson> {
  const { id, name } = req.params
  if (!isId(id)) throw new NotFound()
  const author = await lookUpAccount(ctx, { acct: String(name) })
  const [json] = await statusesJson(ctx, await visibleAmong(ctx, [id]))
  if (json?.account.id === author.id) return json
  const wasHere = await Tombstone.findByPk(postUri({ id, uri: null, authorId: author.id }))
  throw wasHere ? new Gone() : new NotFound()
}

async function show(visit: Visit): Promise<string | undefined> {
  const { ctx, res, site } = visit
  const found = await findStatus(visit)
  const status = found.reblog ?? found
  const isOurs = !status.account.acct.includes('@')
  if (found.reblog || !isOurs) return leadTo(visit, placeOf(status))
  const [above, below] = await Promise.all([ancestorsOf(ctx, status.id), descendantsOf(ctx, status.id)])
  const goesOn = above[0] ? await gapAbove(ctx, above[0]) : undefined
  const around = new Map((await statusesJson(ctx, [...above, ...below])).map((json) => [json.id, json]))
  const those = (ids: Id[]) => ids.flatMap((id) => around.get(id) ?? [])
  alternateOf(res, status.uri)
  return postPage(site, {
    post: postView(status),
    ancestors: those(above).map((json) => postView(json)),
    goesOnAt: goesOn && isWeb(goesOn) ? goesOn : undefined,
    replies: withDepths(status.id, those(below)),
    activityId: status.uri,
    noindex: status.account.noindex === true || status.visibility !== 'public',
  })
}

export default pages((r) => {
  r.get('/@:name/:id', show)

  // The ids of posts, as other servers know them.
  r.get('/users/:author/posts/:id', async (visit) => {
    const { author, id } = visit.req.params
    if (!isId(id)) throw new NotFound()
    const json = await statusJson(visit.ctx, (await findPost(visit.ctx, id)).id)
    if (json.account.id !== author) throw new NotFound()
    return leadTo(visit, placeOf(json))
  })
})
