import { isOurs, parseOurs } from '#core/addresses'
import { acceptRequest } from '#core/approvals/accept-request'
import { keepApproval } from '#core/approvals/keep-approval'
import { refuseRequest } from '#core/approvals/refuse-request'
import type { Ctx } from '#core/ctx'
import { receiveRefusal } from '#core/posts/interactions/receive-refusal'
import { refuseReaction } from '#core/reactions/refuse-reaction'
import type { Id } from '#platform/ids'
import { Retry } from '#platform/outcomes'
import { type Approval, claimOfApproval, loadApproval, loadUnasked } from './load-approval.ts'
import { idOf, isJson, isWeb } from './properties.ts'
import { verifyStamp } from './verify-stamp.ts'

/** What a member did, or wants to do, with a post of somebody else; requests have the id of what they are about. */
export type Answered = { kind: 'post' | 'reaction' | 'request'; id: Id }

const ADDRESS = 2048

const places = [
  ['request', /^\/users\/\d+\/interaction_requests\/([1-9]\d{0,18})$/],
  ['reaction', /^\/users\/\d+\/likes\/([1-9]\d{0,18})$/],
] as const

/**
 * What of ours an Accept or Reject is about: a request, what that is for, or what was done without one (wire 10.6); undefined
 * when it is about something else.
 */
export function answeredDeed(object: unknown): Answered | undefined {
  const ids = [idOf(object), isJson(object) ? idOf(object.instrument) : undefined]
  for (const uri of ids) {
    if (!uri || !isOurs(uri)) continue
    const { pathname } = new URL(uri)
    for (const [kind, path] of places) {
      const id = path.exec(pathname)?.[1]
      if (id) return { kind, id }
    }
    const named = parseOurs(uri.replace(/\/activity$/, ''))
    if (named && 'postId' in named) return { kind: 'post', id: named.postId }
  }
  return undefined
}

type Answer = {
  deed: Answered
  actorId: Id
  isAccepted: boolean
  stampUri: string | undefined
  /** The id of the answer itself, which is the stamp where there is no other. */
  answerUri: string | undefined
}

/** Takes the answer; what is not by the author of the post in question changes nothing (federation rules 217, 219). */
export async function takeInteractionAnswer(ctx: Ctx, answer: Answer): Promise<void> {
  const { deed, actorId, isAccepted } = answer
  const request = await loadApproval(deed.id)
  if (request) {
    if (request.target.authorId !== actorId || request.target.uri === null || request.accountUri) return
    if (isAccepted) await takeYes(ctx, request, answer)
    else await refuseRequest(ctx, { requestId: request.id })
  } else if (deed.kind === 'post') {
    await receiveRefusal(ctx, { postId: deed.id, actorId, isRefused: !isAccepted })
    if (isAccepted) await takeUnasked(ctx, answer)
  } else if (deed.kind === 'reaction' && !isAccepted)
    await refuseReaction(ctx, { reactionId: deed.id, actorId })
}

async function takeYes(ctx: Ctx, request: Approval, answer: Answer): Promise<void> {
  const { id: requestId, kind, state } = request
  const stampUri = await stampIn(ctx, request, answer)
  // That it is the author who says yes is proven to us, if to nobody else; a stamp that does not fit is no yes.
  if (!stampUri && answer.stampUri) return
  if (stampUri && state === 'accepted' && kind === 'reply')
    await keepApproval(ctx, { postId: requestId, actorId: request.target.authorId, stampUri })
  else await acceptRequest(ctx, { requestId, ...(stampUri ? { stampUri } : {}) })
}

/** A yes to a reply that needed none here, for others to see. */
async function takeUnasked(ctx: Ctx, answer: Answer): Promise<void> {
  const { deed, actorId } = answer
  const reply = await loadUnasked(deed.id, actorId)
  const stampUri = reply && (await stampIn(ctx, reply, answer))
  if (stampUri) await keepApproval(ctx, { postId: deed.id, actorId, stampUri })
}

/** The stamp that the answer gives, if it fits; servers that have none of their own show the answer itself. */
async function stampIn(
  ctx: Ctx,
  approval: Approval,
  { stampUri, answerUri }: Answer,
): Promise<string | undefined> {
  const uri = stampUri ?? answerUri
  if (!uri || !isWeb(uri) || uri.length > ADDRESS) return undefined
  const found = await verifyStamp(ctx, claimOfApproval(approval, uri))
  if (found === 'unreachable' && stampUri) throw new Retry('the stamp of an author cannot be fetched')
  return found === 'valid' ? uri : undefined
}
