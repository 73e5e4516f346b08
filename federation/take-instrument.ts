import { accountUri, postUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import type { Interaction } from '#core/posts/interactions/interaction.policy'
import type { Post } from '#core/posts/post.model'
import { receiveBoost } from '#core/posts/receive-boost'
import { receivePost } from '#core/posts/receive-post'
import { receiveReaction } from '#core/reactions/receive-reaction'
import { Forbidden } from '#platform/errors'
import { authenticObject } from './authentic-object.ts'
import { fetchObject } from './fetch-object.ts'
import { findStoredPost } from './find-stored.ts'
import type { Incoming } from './listen.ts'
import { readPost } from './objects/post.ts'
import { readReaction } from './objects/reaction.ts'
import { boostVisibilityOf, isPost } from './objects/read-post.ts'
import { idOf, isJson, type Json, sameOrigin, timeOf, typeOf } from './properties.ts'

type Asked = { kind: Interaction; target: Post; requestUri: string }

/**
 * Takes what somebody asks to do with a post of ours, as it stands in the request or at its origin: it is done, or waits, as the
 * policy of that post says, and is answered. Gives false when it is not by them, or about something else.
 */
export function takeInstrument(ctx: Ctx, incoming: Incoming, asked: Asked): Promise<boolean> {
  return asked.kind === 'reply' ? takeReply(ctx, incoming, asked) : takeDeed(ctx, incoming, asked)
}

async function takeReply(ctx: Ctx, incoming: Incoming, { target, requestUri }: Asked): Promise<boolean> {
  const object = await authenticObject(ctx, incoming, incoming.json.instrument)
  const draft = object && isPost(object) ? await readPost(object, incoming.actor) : undefined
  if (!draft?.replyToUri || (await findStoredPost(draft.replyToUri))?.id !== target.id) return false
  try {
    await receivePost(ctx, draft, { requestUri })
  } catch (error) {
    // They were told, or are blocked, which nobody is told.
    if (!(error instanceof Forbidden)) throw error
  }
  return true
}

async function takeDeed(ctx: Ctx, incoming: Incoming, { kind, target, requestUri }: Asked): Promise<boolean> {
  const { actor } = incoming
  const deed = await authenticDeed(ctx, incoming)
  const uri = idOf(deed)
  if (!deed || !uri || idOf(deed.object) !== postUri(target)) return false
  const common = { postId: target.id, uri, requestUri }
  if (kind === 'boost') {
    if (!typeOf(deed, ['Announce'])) return false
    const visibility = boostVisibilityOf(deed)
    const publishedAt = timeOf(deed.published) ?? null
    await receiveBoost(ctx, { ...common, authorId: actor.id, visibility, publishedAt })
    return true
  }
  const said = typeOf(deed, ['Like', 'EmojiReact']) ? await readReaction(deed, actor) : undefined
  if (said) await receiveReaction(ctx, { ...common, accountId: actor.id, ...said })
  return said !== undefined
}

/** The Like or Announce that the sender may speak for; some servers name who does it as an author. */
async function authenticDeed(ctx: Ctx, { json, actor }: Incoming): Promise<Json | undefined> {
  const [uri, actorUri] = [idOf(json.instrument), accountUri(actor)]
  if (!uri || !sameOrigin(uri, actorUri)) return undefined
  const deed = isJson(json.instrument) && json.instrument.type ? json.instrument : await fetchObject(ctx, uri)
  return deed && idOf(deed.actor ?? deed.attributedTo) === actorUri ? deed : undefined
}
