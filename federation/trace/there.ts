import { http } from '#platform/http'
import { FetchFailed } from '#platform/http-errors'
import { fetchDocument, loadDocument } from '../load-document.ts'
import { activityAccept } from '../media-types.ts'
import { actorTypes, readAccount } from '../objects/account.ts'
import { authorOf } from '../objects/read-people.ts'
import { isPost, visibilityOf } from '../objects/read-post.ts'
import { idOf, type Json, textOf, typeOf, typesOf } from '../properties.ts'
import { confirmHandle } from '../webfinger-client.ts'
import { type Finding, look, ok, type Step, stop } from './step.ts'

type Answer = { status: number } | FetchFailed

const kept = async (work: Promise<{ status: number }>): Promise<Answer> => {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof FetchFailed)) throw error
    return error
  }
}

const statusOf = (answer: Answer): number => answer.status ?? 0
const isFine = (answer: Answer): boolean => !(answer instanceof FetchFailed) && answer.status < 300

/** Does it give the document to us, and does it matter that we sign? */
export const signatureStep: Step = {
  stage: 'signature',
  look: async ({ url }) => {
    const [signed, plain] = await Promise.all([
      kept(fetchDocument(url!, { anew: true }).then(() => ({ status: 200 }))),
      kept(http.request({ url: url!, accept: activityAccept, deadlineMs: 10_000, isCut: true })),
    ])
    if (isFine(signed))
      return ok(isFine(plain) ? 'it gives the document with and without one' : 'it wants one and takes ours')
    const status = statusOf(signed)
    if (status !== 401 && status !== 403) return ok('it does not refuse ours')
    return isFine(plain)
      ? stop(
          `it gives the document to anybody but refuses our signature (${status})`,
          'it cannot fetch our key, or a clock is wrong: is this instance reachable from outside?',
        )
      : stop(
          `it refuses us with a signature (${status}) and without`,
          'it has probably blocked this instance; ask its admin',
        )
  },
}

/** Is what it gives an ActivityPub document, and the one it says it is? */
export const documentStep: Step = {
  stage: 'document',
  look: async (walk) => {
    try {
      walk.document = (await loadDocument(walk.url!, { anew: true })).document
      return ok(`${typesOf(walk.document).join(', ')} ${textOf(walk.document.id)}`)
    } catch (error) {
      if (!(error instanceof FetchFailed)) throw error
      return withoutDocument(error)
    }
  },
}

function withoutDocument({ problem, status, detail }: FetchFailed): Finding {
  if (status === 404)
    return stop('it is not there, or not for us (404)', 'its author may show it to followers only')
  if (status === 410) return stop('it was deleted (410)', 'nothing to do')
  if (status !== undefined && status >= 500) return stop(`the server fails (${status})`, 'try again later')
  if (problem === 'type' || problem === 'document')
    return stop(detail, 'it is a page without an ActivityPub version, or that server does not federate it')
  return stop(`${problem}: ${detail}`, 'try again later')
}

/** Can Kith read it? */
export const parsingStep: Step = {
  stage: 'parsing',
  look: async ({ document }) => {
    const types = typesOf(document!)
    if (types.includes('Tombstone')) return stop('it was deleted (Tombstone)', 'nothing to do')
    if (typeOf(document!, actorTypes)) return readActor(document!)
    if (isPost(document!)) return readPostable(document!)
    return stop(`Kith makes nothing of the type ${types.join(', ') || '(none)'}`, 'open it on its own server')
  },
}

async function readActor(actor: Json): Promise<Finding> {
  const handle = await confirmHandle(actor)
  if (!handle)
    return stop(
      'no domain confirms its handle by WebFinger',
      'its server must name it under its preferredUsername',
    )
  const account = readAccount(actor, handle)
  if (!account) return stop('it lacks an id or an inbox', 'its server sends an actor that cannot federate')
  const name = `${handle.username}@${handle.domain}`
  if (!account.publicKeyPem)
    return look(
      `the account ${name}, without a key`,
      'nothing that it sends can be proven, so nothing is taken',
    )
  return ok(`the account ${name}`)
}

function readPostable(object: Json): Finding {
  const author = authorOf(object)
  if (!author)
    return stop(
      `its author ${idOf(object.attributedTo) ?? '(none)'} is not of its server`,
      'it is not believed: only the server of the author can vouch for it',
    )
  return ok(`a post by ${author}, ${visibilityOf(object, null)}`)
}
