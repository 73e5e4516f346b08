import { createHash } from 'node:crypto'
import { accountUri } from '#core/addresses'
import type { Id } from '#platform/ids'
import type { Json } from './properties.ts'
import { stampContext } from './vocabulary.ts'

/** The word of an author here that one object may do something with another (wire 10.4, 10.6), all by ActivityPub id. */
export type Stamp = { type: string; id: string; authorId: Id; interacting: string; target: string }

/** The stamp as a document. */
export const stampDocument = ({ type, id, authorId, interacting, target }: Stamp): Json => ({
  '@context': stampContext,
  type,
  id,
  attributedTo: accountUri({ id: authorId, uri: null }),
  interactingObject: interacting,
  interactionTarget: target,
})

/** Delete of a stamp: the author takes their word back (wire 10.4). */
export function deleteStampActivity(given: Stamp, to: string[]): Json {
  const { '@context': context, ...stamp } = stampDocument(given)
  return {
    '@context': context,
    id: `${given.id}#delete`,
    type: 'Delete',
    actor: stamp.attributedTo,
    to,
    object: stamp,
  }
}

/** What was asked of somebody here, as their answer repeats it. */
export type Asked = {
  /** Of the request; without one the answer is to what was done itself. */
  type?: string
  requestUri: string
  actor: string
  instrument: string
  target: string
  authorId: Id
}

/** Accept with the stamp, or Reject, of a request (wire 10.3, 10.6); `at` is the part of its address that names the requests. */
export function requestAnswer(asked: Asked, stampUri: string | null, at: string): Json {
  const actor = accountUri({ id: asked.authorId, uri: null })
  const type = stampUri ? 'Accept' : 'Reject'
  const mark = createHash('sha256').update(asked.requestUri).digest('base64url').slice(0, 22)
  return {
    '@context': stampContext,
    id: `${actor}#${type.toLowerCase()}s/${at}/${mark}`,
    type,
    actor,
    to: [asked.actor],
    object: asked.type
      ? {
          type: asked.type,
          id: asked.requestUri,
          actor: asked.actor,
          object: asked.target,
          instrument: asked.instrument,
        }
      : asked.instrument,
    ...(asked.type ? {} : { target: asked.target }),
    ...(stampUri ? { result: stampUri } : {}),
  }
}
