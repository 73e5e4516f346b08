import type { Account } from '#core/accounts/account.model'
import type { Ctx } from '#core/ctx'
import type { Post } from '#core/posts/post.model'
import { receivePost } from '#core/posts/receive-post'
import type { RemotePost } from '#core/posts/remote-post'
import { idOf, type Json, sameOrigin, booleanOf, textOf, timeOf, urlOf } from '../properties.ts'
import { readEmojis } from './account.ts'
import { hashtagsOf, htmlOf, languageOf, pollOf, sourceOf, spoilerOf, visibilityOf } from './read-post.ts'
import { addresseesOf, knownAccounts, mentionsOf } from './read-people.ts'
import { attachmentsOf, hasSensitive } from './read-attachments.ts'
import { interactionPolicyIn } from './read-policy.ts'
import { markQuote, quoteIn, quotePolicyIn } from './read-quote.ts'

/**
 * Reads a Note, Question or other postable object as the draft of a post by `author`. Whoever calls has made sure
 * that the author wrote it (federation rules 53 to 59). Accounts it names are looked up here, not fetched.
 */
export async function readPost(object: Json, author: Account): Promise<RemotePost> {
  const uri = textOf(object.id)!
  const addressees = addresseesOf(object, author.followersUrl)
  const quote = quoteIn(object)
  const known = await knownAccounts(addressees.map((each) => each.uri))
  return {
    uri,
    url: pageOf(object, uri),
    authorId: author.id,
    html: markQuote(htmlOf(object), quote?.uri),
    source: sourceOf(object),
    spoilerText: spoilerOf(object),
    isSensitive: booleanOf(object.sensitive) || spoilerOf(object) !== '' || hasSensitive(object),
    language: languageOf(object),
    publishedAt: timeOf(object.published) ?? null,
    updatedAt: timeOf(object.updated) ?? null,
    visibility: visibilityOf(object, author.followersUrl),
    replyToUri: idOf(object.inReplyTo) || null,
    conversationUri: textOf(object.conversation) ?? idOf(object.context) ?? null,
    mentions: mentionsOf(addressees, known),
    hashtags: hashtagsOf(object),
    attachments: attachmentsOf(object),
    emojis: readEmojis(object.tag),
    poll: pollOf(object),
    quote,
    quotePolicy: quotePolicyIn(object, author),
    interactionPolicy: interactionPolicyIn(object, author),
  }
}

/** Stores what `readPost` reads, so that nobody is told of it if `isQuiet`. Gives the post, the stored one when it was here already. */
export const takePost = async (
  ctx: Ctx,
  object: Json,
  author: Account,
  { isQuiet = false } = {},
): Promise<Post> => receivePost(ctx, await readPost(object, author), { isQuiet })

// The link of a post leads to its own host, or nowhere (federation rule 164).
const pageOf = (object: Json, uri: string): string | null => {
  const url = urlOf(object.url)
  return url && sameOrigin(url, uri) ? url : uri
}
