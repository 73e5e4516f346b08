import { Account } from '#core/accounts/account.model'
import { accountUri, postUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { Post } from '#core/posts/post.model'
import type { Facts } from '#platform/facts'
import { PUBLIC } from '../vocabulary.ts'
import { followersOf } from '../audience.ts'
import { deliver, followerInboxes, inboxesOf } from '../deliveries.ts'
import { loadPosts } from '../load-posts.ts'
import { authorUriOf, loadQuote } from '../load-quote.ts'
import { stampUri } from '../objects/render-quote.ts'
import { quoteRequestActivity, quoteStamp } from '../quote-activities.ts'
import { deleteStampActivity, requestAnswer } from '../stamps.ts'

/** Asks the author elsewhere to let a post of ours quote theirs (wire 10.2). */
export async function deliverQuoteRequest(
  ctx: Ctx,
  { postId }: Facts['quote.made'] | Facts['quote.accepted'],
): Promise<void> {
  const [post] = await loadPosts([postId])
  const quote = post?.quote
  if (!post || post.uri !== null || !quote?.uri || !quote.authorUri || quote.stampUri) return
  const activity = quoteRequestActivity(post, postUri(quote), quote.authorUri)
  await deliver(
    ctx,
    { activity, senderId: post.authorId, postId },
    await inboxesOf([quote.authorId], { personal: true }),
  )
}

/** Answers who asked to quote a post of ours (wire 10.3). */
export async function deliverQuoteAnswer(ctx: Ctx, fact: Facts['quote.answered']): Promise<void> {
  const [quoted, actor] = await Promise.all([Post.findByPk(fact.quotedId), Account.findByPk(fact.actorId)])
  if (!quoted?.isLocal || !actor) return
  const asked = {
    type: 'QuoteRequest',
    requestUri: fact.requestUri,
    actor: accountUri(actor),
    instrument: fact.instrumentUri,
    target: postUri(quoted),
    authorId: quoted.authorId,
  }
  const stamp = fact.postId && stampUri(quoted.authorId, fact.postId)
  const letter = {
    activity: requestAnswer(asked, stamp, 'quote_requests'),
    senderId: quoted.authorId,
    about: fact.requestUri,
  }
  await deliver(ctx, letter, await inboxesOf([actor.id], { personal: true }))
}

/** Tells who quoted a post of ours, and who follows its author or theirs, that it may not be quoted any more (wire 10.4). */
export async function deliverRevocation(ctx: Ctx, { postId }: Facts['quote.revoked']): Promise<void> {
  const quote = await loadQuote(postId)
  if (!quote?.quoted || quote.quoted.uri !== null) return
  const { quoting, quoted } = quote
  const to = [PUBLIC, followersOf(quoted.authorId), authorUriOf(quoting)]
  const [followers, quoter, theirs] = await Promise.all([
    followerInboxes(quoted.authorId),
    inboxesOf([quoting.authorId]),
    quoting.uri === null ? followerInboxes(quoting.authorId) : [],
  ])
  const activity = deleteStampActivity(quoteStamp({ quoting, quoted }), to)
  await deliver(ctx, { activity, senderId: quoted.authorId }, [
    ...new Set([...followers, ...quoter, ...theirs]),
  ])
}
