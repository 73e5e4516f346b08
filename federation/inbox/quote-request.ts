import { answerQuoteRequest } from '#core/posts/quotes/answer-quote-request'
import { authenticObject } from '../authentic-object.ts'
import { findStoredPost } from '../find-stored.ts'
import { listen, nameFor } from '../listen.ts'
import { readPost } from '../objects/post.ts'
import { isPost } from '../objects/read-post.ts'
import { idOf } from '../properties.ts'

/**
 * QuoteRequest: somebody wants to quote a post of ours (wire 10.2). The post that quotes must be by them, and quote that
 * very post; else they are refused (federation rule 215).
 */
export default listen(['QuoteRequest'], async (ctx, incoming) => {
  const { json, actor, isForwarded } = incoming
  const [quoted, instrumentUri] = [await findStoredPost(idOf(json.object)), idOf(json.instrument)]
  if (!quoted?.isLocal || isForwarded || !instrumentUri) return
  const object = await authenticObject(ctx, incoming, json.instrument)
  const draft = object && isPost(object) ? await readPost(object, actor) : undefined
  const isAbout = draft?.quote && (await findStoredPost(draft.quote.uri))?.id === quoted.id
  await answerQuoteRequest(ctx, {
    quotedId: quoted.boostOfId ?? quoted.id,
    requestUri: nameFor(incoming),
    actorId: actor.id,
    instrumentUri,
    draft: isAbout ? draft : undefined,
  })
})
