import type { EmojiView } from '#server/pages/emojify'
import type { CardView } from '#server/pages/parts/link-card'
import type { MediaView } from '#server/pages/parts/media'
import type { PollView } from '#server/pages/parts/poll'
import type { AuthorView, PostView } from '#server/pages/parts/post'

/** The parts of the API's entities that pages show: pages and apps see the same, from the same loading. */
export type AccountEntity = {
  id: string
  acct: string
  display_name: string
  url: string
  avatar: string
  emojis: { shortcode: string; url: string }[]
}

type MediaEntity = {
  type: 'image' | 'gifv' | 'video' | 'audio' | 'unknown'
  url: string | null
  preview_url: string | null
  remote_url: string | null
  description: string | null
  meta: { original?: { width?: number; height?: number } } | null
}

type PollEntity = {
  expires_at: string | null
  expired: boolean
  multiple: boolean
  votes_count: number
  voters_count: number | null
  options: { title: string; votes_count: number | null }[]
}

type CardEntity = {
  url: string
  title: string
  description: string
  provider_name: string
  image: string | null
  image_description?: string
}

export type StatusEntity = {
  id: string
  url: string | null
  uri: string
  created_at: string
  edited_at: string | null
  in_reply_to_account_id: string | null
  content: string
  spoiler_text: string
  sensitive: boolean
  language: string | null
  visibility: PostView['visibility']
  replies_count: number
  reblogs_count: number
  favourites_count: number
  account: AccountEntity
  reblog: StatusEntity | null
  mentions: { id: string; acct: string; url: string }[]
  media_attachments: MediaEntity[]
  emojis: { shortcode: string; url: string }[]
  poll: PollEntity | null
  card?: CardEntity | null
  quote?: { state?: string; quoted_status?: StatusEntity | null } | null
}

export const emojiViews = (emojis: AccountEntity['emojis']): EmojiView[] =>
  emojis.map(({ shortcode, url }) => ({ code: shortcode, url }))

/** An address of a picture, or null for the one that stands for none (ACCT-07). */
export const pictureOrNone = (url: string): string | null => (url.endsWith('/missing.png') ? null : url)

/** Shows an account as the author of something. */
export const authorView = (account: AccountEntity): AuthorView => ({
  displayName: account.display_name,
  handle: `@${account.acct}`,
  url: account.url,
  avatarUrl: pictureOrNone(account.avatar),
  emojis: emojiViews(account.emojis),
})

const kinds = { image: 'image', gifv: 'gif', video: 'video', audio: 'audio', unknown: 'file' } as const

function mediaView(media: MediaEntity): MediaView[] {
  const url = media.url ?? media.remote_url
  if (!url) return []
  const { width = null, height = null } = media.meta?.original ?? {}
  return [
    {
      kind: kinds[media.type],
      url,
      previewUrl: media.preview_url,
      alt: media.description ?? '',
      width,
      height,
    },
  ]
}

const pollView = (poll: PollEntity): PollView => ({
  options: poll.options.map(({ title, votes_count }) => ({ title, votes: votes_count })),
  votes: poll.votes_count,
  voters: poll.voters_count,
  closesAt: poll.expires_at,
  closed: poll.expired,
  multiple: poll.multiple,
})

const cardView = (card: CardEntity): CardView => ({
  url: card.url,
  title: card.title,
  description: card.description,
  provider: card.provider_name,
  imageUrl: card.image,
  imageAlt: card.image_description ?? '',
})

function quoteView({ quote }: StatusEntity): PostView['quote'] {
  if (!quote) return null
  // A quote inside a quote is named by its text alone: one level is shown.
  return quote.quoted_status ? { ...postView(quote.quoted_status), quote: null } : 'gone'
}

function replyTo(status: StatusEntity): PostView['replyTo'] {
  const parent = status.mentions.find(({ id }) => id === status.in_reply_to_account_id)
  if (parent) return { handle: `@${parent.acct}`, url: parent.url }
  const isOwnThread = status.in_reply_to_account_id === status.account.id
  return isOwnThread ? { handle: `@${status.account.acct}`, url: status.account.url } : null
}

/** Shows a post of the API's shape; a boost as the post it boosts, with the name of who did. */
export function postView(status: StatusEntity, { pinned = false } = {}): PostView {
  if (status.reblog) return { ...postView(status.reblog), boostedBy: authorView(status.account) }
  return {
    id: status.id,
    url: status.url ?? status.uri,
    author: authorView(status.account),
    html: status.content,
    spoiler: status.spoiler_text,
    sensitive: status.sensitive,
    language: status.language,
    media: status.media_attachments.flatMap(mediaView),
    poll: status.poll && pollView(status.poll),
    card: status.card ? cardView(status.card) : null,
    quote: quoteView(status),
    emojis: emojiViews(status.emojis),
    publishedAt: status.created_at,
    editedAt: status.edited_at,
    visibility: status.visibility,
    counts: {
      replies: status.replies_count,
      boosts: status.reblogs_count,
      favourites: status.favourites_count,
    },
    replyTo: replyTo(status),
    boostedBy: null,
    pinned,
  }
}
