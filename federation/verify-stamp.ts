import type { Ctx } from '#core/ctx'
import { fetchObject, isGoneAtOrigin } from './fetch-object.ts'
import { idOf, sameOrigin, textOf, typeOf, typesOf } from './properties.ts'

/** A stamp and what it has to say: who wrote the quoted post, and which post quotes which, by ActivityPub id. */
export type StampClaim = {
  stampUri: string
  author: string
  quoting: string
  quoted: string
  /** What it may be; a stamp of a quote when not given. */
  types?: readonly string[]
}

/**
 * Checks a stamp at its origin. It is valid only if fetched from its own id, on the server of the quoted author, by that
 * author, for exactly these two posts (federation rule 212). `unreachable` says nothing about it.
 */
export async function verifyStamp(
  ctx: Ctx,
  { stampUri, author, quoting, quoted, types = ['QuoteAuthorization'] }: StampClaim,
): Promise<'valid' | 'invalid' | 'gone' | 'unreachable'> {
  if (!sameOrigin(stampUri, author)) return 'invalid'
  const stamp = await fetchObject(ctx, stampUri)
  if (!stamp) return (await isGoneAtOrigin(stampUri)) ? 'gone' : 'unreachable'
  if (typeOf(stamp, ['Tombstone'])) return 'gone'
  // GoToSocial before 0.20 and PeerTube say the same in other words, by their answer too, and need not name what it is about.
  const isAnswer = typeOf(stamp, ['Accept', 'ApproveReply']) !== undefined
  const isOld =
    isAnswer || (typesOf(stamp).some((type) => type.endsWith('Approval')) && stamp.object !== undefined)
  const fits =
    textOf(stamp.id) === stampUri &&
    typeOf(stamp, types) !== undefined &&
    idOf(isAnswer ? stamp.actor : stamp.attributedTo) === author &&
    idOf(isOld ? stamp.object : stamp.interactingObject) === quoting &&
    (idOf(isOld ? (stamp.target ?? stamp.inReplyTo) : stamp.interactionTarget) ??
      (isOld ? quoted : undefined)) === quoted
  return fits ? 'valid' : 'invalid'
}
