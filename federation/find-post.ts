import type { Ctx } from '#core/ctx'
import { noteStamp } from '#core/approvals/note-stamp'
import { type Asking, nowhere } from '#core/remote'
import type { Post } from '#core/posts/post.model'
import { isOurs } from '#core/addresses'
import { fetchObject } from './fetch-object.ts'
import { fetchParents } from './fetch-parents.ts'
import { findAccount } from './find-account.ts'
import { findStoredPost } from './find-stored.ts'
import { takePost } from './objects/post.ts'
import { authorOf } from './objects/read-people.ts'
import { isVote, isPost } from './objects/read-post.ts'
import { permits, restrictedParent } from './permitted.ts'
import { idOf, isJson, type Json, textOf, typeOf } from './properties.ts'

const inside: Ctx = { actor: { kind: 'kith' }, remote: nowhere }

/**
 * The post with this ActivityPub id or page address: the stored one, else fetched from its origin with its parents, unless it
 * is wanted `alone`; of an `isQuiet` one nobody is told.
 */
export async function findPost(
  ctx: Asking,
  uri: string,
  { alone = false, isQuiet = false } = {},
): Promise<Post | null> {
  const stored = await findStoredPost(uri)
  if (stored || isOurs(uri)) return stored
  const found = await fetchObject(ctx, uri, { recent: true })
  const object = found && (await unwrapped(ctx, found))
  const post = object ? await takeObject(ctx, object, { isQuiet }) : null
  if (!alone && post && !post.replyToId && post.replyToUri) await fetchParents(ctx, post.replyToUri)
  return post
}

/** Stores a fetched object as a post of the author it names; null when it is none or its author cannot be had. */
export async function takeObject(ctx: Asking, object: Json, { isQuiet = false } = {}): Promise<Post | null> {
  const authorUri = authorOf(object)
  if (!textOf(object.id) || !authorUri || !isPost(object) || isVote(object)) return null
  const author = await findAccount(ctx, authorUri)
  if (!author || author.isLocal) return null
  const parent = await restrictedParent(idOf(object.inReplyTo))
  const word =
    parent && (await permits(inside, { kind: 'reply', target: parent, accountId: author.id, made: object }))
  if (word && word.is !== 'yes') return null
  const post = await takePost(inside, object, author, { isQuiet })
  if (word?.shown) await noteStamp(inside, { postId: post.id, ...word.shown })
  return post
}

// A Create that was fetched stands for its object.
const unwrapped = async (ctx: Asking, found: Json): Promise<Json | undefined> => {
  if (!typeOf(found, ['Create'])) return found
  const id = idOf(found.object)
  return isJson(found.object) && found.object.attributedTo !== undefined
    ? found.object
    : id
      ? fetchObject(ctx, id)
      : undefined
}
