import { federation } from '#config/federation'
import { instance } from '#config/instance'
import { isBarredDomain } from '#core/instances/instance.policy'
import { wasBarred } from '#core/instances/kept-barred'
import { isForAllowedOnly } from './allowed-only.ts'
import { serveSigned } from './authorized-fetch.ts'
import { discoveryAt } from './discovery-documents.ts'
import { documentAt, type FindAsker, type ServedDocument } from './documents.ts'
import { findSigner, refuseBarred } from './find-signer.ts'
import { inHerd } from './herd-replies.ts'
import { keptActor } from './kept-replies.ts'
import { nameModerators } from './name-moderators.ts'
import { openDoorbell } from './queue.ts'
import type { Reply } from './reply.ts'
import type { RequestSnapshot } from './signatures/signature.ts'
import { takeActivity } from './take-activity.ts'
import { ACTIVITY_JSON } from './vocabulary.ts'

/** What a process that serves HTTP needs of federation: the bell that tells workers of owed work. */
export function startFederation(): { stop(): Promise<void> } {
  const doorbell = openDoorbell()
  return { stop: () => doorbell.close() }
}

export { enterInbox } from './inbox-room.ts'

const inbox = /^\/(inbox|actor\/inbox|users\/\d{1,19}\/inbox)$/

/** Is this the address of an inbox? What is posted there must reach `answerInbox` with its body unread. */
export const isInbox = (path: string): boolean => inbox.test(path)

/** Answers what was posted to an inbox. */
export async function answerInbox(request: RequestSnapshot): Promise<Reply> {
  const { status, why, headers = {} } = await takeActivity(request)
  const body = status === 202 ? '' : JSON.stringify({ error: why })
  return { status, headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers }, body }
}

/** Answers `/.well-known/…` and `/nodeinfo/…`; undefined for other addresses. */
export const answerDiscovery = (url: URL, accept?: string): Promise<Reply | undefined> =>
  discoveryAt(url, accept)

const asksForActivity = /application\/(activity\+json|ld\+json|json)/i

/**
 * Does whoever sends these Accept headers want the object behind a page rather than the page? `*\/*` means the object
 * at the ids themselves, the page at page addresses (wire section 2).
 */
export function wantsActivity(accept: string | undefined, path: string): boolean {
  if (!accept || accept === '*/*') return /^\/(users|contexts)\//.test(path) || path === '/actor'
  const html = accept.search(/text\/html|application\/xhtml/i)
  const activity = accept.search(asksForActivity)
  return activity >= 0 && (html < 0 || activity < html)
}

/**
 * The object at an address of this instance, for whoever signed the request; undefined when there is none by design.
 * Throws NotFound for what does not exist or may not be seen, in one way (federation rule 134), Forbidden for barred domains.
 * `mustBeSigned` is what the operator decided; where only allowed domains are spoken with, it is so in any case (rule 231).
 */
export async function answerObject(
  request: RequestSnapshot,
  { mustBeSigned }: { mustBeSigned: boolean } = federation,
): Promise<Reply | undefined> {
  const { pathname } = new URL(request.url, instance.origin)
  const isClosed = mustBeSigned || (await isForAllowedOnly())
  const make = () => makeReply(request, pathname, isClosed)
  const admit = (isHerd = false) => refuseBarred(request, isHerd ? wasBarred : isBarredDomain)
  const inCommon = !isClosed && /^\/users\/\d/.test(pathname)
  if (!inCommon && pathname !== '/actor') await admit()
  const reply = await (inCommon ? inHerd(pathname, { make, admit }) : make())
  return reply && nameModerators(request, reply)
}

async function makeReply(
  request: RequestSnapshot,
  pathname: string,
  isClosed: boolean,
): Promise<Reply | undefined> {
  let signer: ReturnType<FindAsker> | undefined
  const findAsker = () => (signer ??= findSigner(request))
  const serve = () => documentAt(pathname, findAsker)
  if (isClosed) return replyOf(await serveSigned(pathname, findAsker, serve))
  return keptActor(pathname, async () => replyOf(await serve()))
}

const replyOf = (found: ServedDocument | undefined): Reply | undefined =>
  found && {
    status: found.status,
    headers: {
      'Content-Type': ACTIVITY_JSON,
      Vary: 'Accept, Signature, Signature-Input',
      'Cache-Control': found.isPublic ? 'public, max-age=180' : 'private, no-store',
    },
    body: JSON.stringify(found.body),
  }
