import { now } from '#platform/clock'
import { accountUri } from '#core/addresses'
import { noteStamp } from '#core/approvals/note-stamp'
import type { Ctx } from '#core/ctx'
import { receiveEdit } from '#core/posts/edits/receive-edit'
import { Forbidden } from '#platform/errors'
import { authenticObject } from '../authentic-object.ts'
import { concernsUs } from '../concerns-us.ts'
import { refreshAccount } from '../find-account.ts'
import { findStoredAccount, findStoredPost } from '../find-stored.ts'
import { type Incoming, listen } from '../listen.ts'
import { newestObject } from '../newest-object.ts'
import { actorTypes } from '../objects/account.ts'
import { readPost } from '../objects/post.ts'
import { isPost } from '../objects/read-post.ts'
import { assertMayAnswer } from '../permitted.ts'
import { idOf, idsOf, isJson, type Json, many, typeOf } from '../properties.ts'
import { relayDeed } from '../relay-to-group.ts'

const PAUSE_MS = 60_000

/** Update of a profile, which is fetched again (federation rules 77, 78), or of a post by its author (rule 62). */
export default listen(['Update'], async (ctx, incoming) => {
  const refused: unknown[] = []
  for (const value of many(incoming.json.object)) {
    const isActor = isJson(value)
      ? typeOf(value, actorTypes) !== undefined
      : idOf(value) === accountUri(incoming.actor)
    if (isActor) {
      await takeProfile(ctx, incoming, idOf(value))
      continue
    }
    const object = await authenticObject(ctx, incoming, value)
    if (!object) refused.push(value)
    if (!object || !isPost(object)) continue
    await takeEdit(ctx, incoming, object)
  }
  if (refused.length > 0) throw new Forbidden()
})

/**
 * A profile is what its own server gives. Of a group that is known here others may tell, who are its moderators there
 * (wire 8.2): that is asked, too, but not for every word of anybody.
 */
async function takeProfile(
  ctx: Ctx,
  { actor, isForwarded }: Incoming,
  uri: string | undefined,
): Promise<void> {
  if (uri === accountUri(actor)) return refreshAccount(ctx, actor)
  const group = isForwarded ? null : await findStoredAccount(uri)
  const age = now().getTime() - (group?.fetchedAt?.getTime() ?? 0)
  if (group && !group.isLocal && group.kind === 'group' && age > PAUSE_MS) await refreshAccount(ctx, group)
}

async function takeEdit(ctx: Ctx, incoming: Incoming, object: Json): Promise<void> {
  const { actor: author } = incoming
  const first = await readPost(object, author)
  const stored = await findStoredPost(first.uri)
  const newest = await newestObject(ctx, stored, first)
  const draft = newest ? await readPost(newest, author) : first
  // Some leave out whom a post is for when they tell of a change to it (wire 8.2).
  const isAddressed = idsOf((newest ?? object).to).length + idsOf((newest ?? object).cc).length > 0
  if (stored && !isAddressed) draft.visibility = stored.visibility
  // An edit that overtook its post is the newer state of it (federation rule 117).
  if (!stored && !(await concernsUs(draft))) return
  const shown = stored ? undefined : await assertMayAnswer(ctx, draft, newest ?? object)
  const post = await receiveEdit(ctx, draft, { isFromOrigin: newest !== undefined })
  if (shown) await noteStamp(ctx, { postId: post.id, ...shown })
  if (stored) await relayDeed(ctx, incoming, stored)
}
