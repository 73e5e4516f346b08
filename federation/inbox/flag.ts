import { receiveReport } from '#core/moderation/receive-report'
import { findStoredAccount, findStoredPost } from '../find-stored.ts'
import { listen } from '../listen.ts'
import { idsOf, textOf } from '../properties.ts'

/** Flag: a report about a member and their posts; it changes nothing by itself (federation rule 76). */
export default listen(['Flag'], async (ctx, { json, id, actor, isForwarded }) => {
  if (isForwarded) return
  const uris = idsOf(json.object).slice(0, 100)
  const accounts = await Promise.all(uris.map((uri) => findStoredAccount(uri)))
  const posts = await Promise.all(uris.map((uri) => findStoredPost(uri)))
  const target = accounts.find((account) => account?.isLocal)
  const postIds = posts.flatMap((post) => (post?.isLocal ? [post.id] : []))
  const targetId = target?.id ?? posts.find((post) => post?.isLocal)?.authorId
  if (!targetId) return
  const comment = textOf(json.content) ?? textOf(json.summary) ?? ''
  await receiveReport(ctx, { reporterId: actor.id, targetId, postIds, comment, uri: id ?? null })
})
