import type { EmojiUse } from '../accounts/account.model.ts'
import type { Id } from '#platform/ids'
import type { Visibility } from './post.model.ts'
import type { InteractionPolicy } from './interactions/interaction.policy.ts'
import type { QuotePolicy, QuoteState } from './quote.policy.ts'

/** Whom a post names, in order of mention; silent ones are addressed without being named. */
export type MentionDraft = { accountId: Id; isSilent?: boolean }

/** A hashtag: how it is compared, and how it was typed. */
export type HashtagDraft = { name: string; display: string }

/** The question of a post. Tallies and number of voters are known of polls made elsewhere. */
export type PollDraft = {
  options: string[]
  isMultiple: boolean
  hidesTotals?: boolean
  expiresAt: Date | null
  closedAt?: Date | null
  tallies?: number[]
  votersCount?: number | null
}

/** An attachment that lies on another server; focus from -1 to 1 on both axes. */
export type RemoteAttachment = {
  url: string
  mimeType: string | null
  kind: 'image' | 'gifv' | 'video' | 'audio' | 'unknown'
  description?: string | null
  blurhash?: string | null
  width?: number | null
  height?: number | null
  /** In seconds. */
  duration?: number | null
  focus?: { x: number; y: number } | null
  previewUrl?: string | null
}

/** What a post quotes: by row id when it is here, by ActivityPub id when another server named it. */
export type QuoteDraft = {
  quotedId?: Id | null
  uri?: string | null
  state: QuoteState
  /** The stamp that another server named; nothing is believed of it yet. */
  stampUri?: string | null
}

/** What becomes of a reply by the word of whom it answers; a request of another server has its address. */
export type Consent = {
  isGiven: boolean
  target: { id: Id; authorId: Id }
  requestUri?: string | null | undefined
}

/** A post that was checked and only has to be written. */
export type PostDraft = {
  /** The id that it was promised; else one is made of its time. */
  id?: Id
  authorId: Id
  /** The ActivityPub id; absent for a post made here. */
  uri?: string | null
  url?: string | null
  boostOfId?: Id
  replyToId?: Id | null
  /** The ActivityPub id of the parent, which may not be here yet. */
  replyToUri?: string | null
  conversationUri?: string | null
  visibility: Visibility
  text?: string
  /** What the text of another server is written in. */
  textType?: string | null
  html?: string
  spoilerText?: string
  isSensitive?: boolean
  language?: string | null
  emojis?: EmojiUse[]
  appId?: Id | null
  publishedAt?: Date
  /** The moment that its id and so its place in lists is made of; `publishedAt` when absent. */
  sortedAt?: Date
  editedAt?: Date | null
  mentions?: MentionDraft[]
  hashtags?: HashtagDraft[]
  /** Uploads of the author, in the order to show. */
  mediaIds?: Id[]
  attachments?: RemoteAttachment[]
  poll?: PollDraft
  quote?: QuoteDraft
  /** Who may quote it; null when its author says nothing about it. */
  quotePolicy?: QuotePolicy | null
  /** What its author lets not everybody do with it. */
  interactionPolicy?: InteractionPolicy | null
  /** It was read where it stands and not sent here: nobody is told of it. */
  isQuiet?: boolean
  /** The author of what it answers has a say in it: it waits for their yes, or has it and is to show it. */
  consent?: Consent
}
