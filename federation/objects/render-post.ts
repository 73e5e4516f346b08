import { instance } from '#config/instance'
import { accountUri, hashtagUrl, postUri } from '#core/addresses'
import { fileUrl } from '#core/media/medium-addresses'
import { audienceOf } from '../audience.ts'
import type { Named, WholeMedium, WholePost } from '../load-posts.ts'
import { contextUri } from '../context-document.ts'
import { isWeb, type Json } from '../properties.ts'
import { postContext, timeText } from '../vocabulary.ts'
import { renderEmoji } from './account.ts'
import { renderApproval, renderPolicy } from './render-policy.ts'
import { renderQuote, renderQuoteLink } from './render-quote.ts'

/** A post of this instance as a Note or Question, without `@context` (wire 6.1, 6.3, G1). */
export function renderPost(post: WholePost): Json {
  const id = postUri(post)
  const { poll } = post
  const thread = post.conversationUri ?? contextUri(post.threadId)
  return {
    id,
    type: poll ? 'Question' : 'Note',
    attributedTo: accountUri({ id: post.authorId, uri: null }),
    content: post.html,
    ...(post.language ? { contentMap: { [post.language]: post.html } } : {}),
    ...(post.text ? { source: { content: post.text, mediaType: 'text/plain' } } : {}),
    summary: post.spoilerText || null,
    ...(post.language && post.spoilerText ? { summaryMap: { [post.language]: post.spoilerText } } : {}),
    sensitive: post.isSensitive,
    inReplyTo: post.replyTo ? postUri(post.replyTo) : post.replyToUri,
    published: timeText(post.publishedAt),
    ...(post.editedAt ? { updated: timeText(post.editedAt) } : {}),
    url: `${instance.origin}/@${post.authorUsername}/${post.id}`,
    ...audienceOf(post),
    attachment: post.media
      .filter((medium) => medium.fileKey ?? medium.remoteUrl)
      .map((medium) => renderMedium(medium, post.isSensitive)),
    tag: [
      ...post.mentions.filter((each) => !each.isSilent).map(renderMention),
      ...post.hashtags.map(renderHashtag),
      ...post.emojis.map(renderEmoji),
      ...renderQuoteLink(post),
    ],
    conversation: thread,
    ...(isWeb(thread) ? { context: thread } : {}),
    replies: {
      id: `${id}/replies`,
      type: 'Collection',
      totalItems: post.repliesCount,
      first: `${id}/replies/page/0`,
    },
    likes: { id: `${id}/likes`, type: 'Collection', totalItems: post.favouritesCount },
    shares: { id: `${id}/shares`, type: 'Collection', totalItems: post.boostsCount },
    ...renderQuote(post),
    ...renderApproval(post.id, post.approval),
    interactionPolicy: renderPolicy(post),
    ...(poll ? renderPoll(poll) : {}),
  }
}

/** The same as a document of its own. */
export const postDocument = (post: WholePost): Json => ({ '@context': postContext, ...renderPost(post) })

const renderPoll = (poll: NonNullable<WholePost['poll']>): Json => {
  const end = poll.expiresAt ? timeText(new Date(poll.expiresAt)) : undefined
  const isOver = poll.closedAt !== null || (poll.expiresAt !== null && new Date(poll.expiresAt) <= new Date())
  // Whoever asks so keeps the counts from everybody until the end.
  const countOf = (at: number): number => (poll.hidesTotals && !isOver ? 0 : (poll.tallies[at] ?? 0))
  return {
    [poll.isMultiple ? 'anyOf' : 'oneOf']: poll.options.map((name, at) => ({
      type: 'Note',
      name,
      replies: { type: 'Collection', totalItems: countOf(at) },
      _misskey_votes: countOf(at),
    })),
    votersCount: poll.votersCount ?? 0,
    ...(end ? { endTime: end } : {}),
    ...(isOver && end ? { closed: end } : {}),
  }
}

const types: Record<string, string> = { image: 'Image', gifv: 'Video', video: 'Video', audio: 'Audio' }

function renderMedium(medium: WholeMedium, isSensitive: boolean): Json {
  const { width, height, duration } = medium.meta.original ?? {}
  return {
    type: types[medium.kind] ?? 'Document',
    mediaType: medium.mimeType ?? 'application/octet-stream',
    url: medium.fileKey ? fileUrl(medium.fileKey) : medium.remoteUrl,
    ...(medium.description ? { name: medium.description, summary: medium.description } : {}),
    ...(width && height ? { width, height } : {}),
    ...(medium.blurhash ? { blurhash: medium.blurhash } : {}),
    ...(medium.focusX !== null && medium.focusY !== null
      ? { focalPoint: [medium.focusX, medium.focusY] }
      : {}),
    ...(duration ? { duration: `PT${duration}S` } : {}),
    ...(isSensitive ? { sensitive: true } : {}),
  }
}

/** A mention in a `tag` list (wire 7.1). */
export const renderMention = (account: Named): Json => ({
  type: 'Mention',
  href: accountUri(account),
  name: `@${account.username}@${account.domain ?? instance.domain}`,
})

/** A hashtag as it stands in a `tag` list (wire 7.2). */
export const renderHashtag = ({ name, displayName }: WholePost['hashtags'][number]): Json => ({
  type: 'Hashtag',
  name: `#${displayName}`,
  href: hashtagUrl(name),
})
