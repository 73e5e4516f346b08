import type { EmojiUse } from '../accounts/account.model.ts'
import { cleanText } from '../text/clean-text.ts'
import { cutText } from '../text/cut-text.ts'
import { normalizeHashtag } from '../text/normalize-hashtag.ts'
import { sanitizeHtml } from '../text/sanitize-html.ts'
import { now } from '#platform/clock'
import { type Id, timeOfId } from '#platform/ids'
import type { MentionDraft, PollDraft, PostDraft, RemoteAttachment } from './post-draft.ts'
import type { Visibility } from './post.model.ts'
import type { InteractionPolicy } from './interactions/interaction.policy.ts'
import type { QuotePolicy } from './quote.policy.ts'

/** A post as another server tells it. That the author wrote it has been checked; nothing of what it says has. */
export type RemotePost = {
  uri: string
  url?: string | null
  authorId: Id
  html: string
  /** What it was written in before it was HTML. */
  source?: { text: string; type: SourceType } | null
  spoilerText?: string
  isSensitive?: boolean
  language?: string | null
  publishedAt?: Date | null
  updatedAt?: Date | null
  visibility: Visibility
  replyToUri?: string | null
  replyToId?: Id | null
  conversationUri?: string | null
  mentions?: MentionDraft[]
  /** As they were typed, with or without their sign. */
  hashtags?: string[]
  attachments?: RemoteAttachment[]
  emojis?: EmojiUse[]
  poll?: PollDraft | null | undefined
  /** What it quotes and the stamp that it names; null when it says that its quote was removed. */
  quote?: { uri: string; stampUri: string | null } | null | undefined
  quotePolicy?: QuotePolicy | null
  /** What its author lets not everybody do with it; undefined when they say nothing about that. */
  interactionPolicy?: InteractionPolicy | null | undefined
}

export const sourceTypes = ['text/markdown', 'text/x.misskeymarkdown', 'text/bbcode'] as const
type SourceType = (typeof sourceTypes)[number]

const most = { mentions: 100, hashtags: 100, emojis: 100, attachments: 32, options: 500 }
const SUMMARY = 2000
const TEXT = 100_000
const ADDRESS = 2048
const MILLENNIUM = new Date('2000-01-01')
const HOUR_MS = 3_600_000
const YEARS_MS = 2 * 365 * 24 * HOUR_MS

/** What a post says, within our bounds and with nothing in it that could do harm (federation rules 157 to 160). */
export function cleanContent(post: RemotePost) {
  const spoilerText = cleanText(cutText(post.spoilerText ?? '', SUMMARY)).trim()
  return {
    html: sanitizeHtml(post.html, post.url ?? post.uri),
    text: cleanText(cutText(post.source?.text ?? '', TEXT)),
    textType: post.source?.type ?? null,
    spoilerText,
    isSensitive: (post.isSensitive ?? false) || spoilerText !== '',
    language: languageOf(post.language),
    emojis: (post.emojis ?? []).filter(isEmoji).slice(0, most.emojis),
    mentions: (post.mentions ?? []).slice(0, most.mentions),
    hashtags: hashtagsOf(post.hashtags ?? []),
    attachments: (post.attachments ?? []).filter(({ url }) => isWeb(url)).slice(0, most.attachments),
    ...(post.poll ? { poll: pollOf(post.poll) } : {}),
  } satisfies Partial<PostDraft>
}

/** Who wrote it: when they joined their server, or were first met when that does not say. */
export type Joined = { id: Id; createdAt: Date }

/**
 * When it was published and where that puts it in lists: never later than now, so that nothing can be pinned to the
 * top; times before 2000, or years before the author was there, are shown but not believed (federation rules 122 and 123, R-181).
 */
export function datesOf(
  { publishedAt, updatedAt }: Pick<RemotePost, 'publishedAt' | 'updatedAt'>,
  author: Joined,
) {
  const at = now()
  const published = earlier(publishedAt, at) ?? at
  const updated = earlier(updatedAt, at)
  return {
    publishedAt: published,
    sortedAt: published < firstBelievable(author) ? at : published,
    editedAt: updated && updated > published ? updated : null,
  }
}

// Whose server does not say when they joined has the moment in which they were stored, which tells nothing.
function firstBelievable({ id, createdAt }: Joined): Date {
  const isTold = createdAt.getTime() < timeOfId(id).getTime() - HOUR_MS
  const bound = new Date(createdAt.getTime() - YEARS_MS)
  return isTold && bound > MILLENNIUM ? bound : MILLENNIUM
}

/** When an edit was made: not later than now, and now when its server does not say. */
export const momentOf = ({ updatedAt }: Pick<RemotePost, 'updatedAt'>): Date => {
  const at = now()
  return earlier(updatedAt, at) ?? at
}

const earlier = (time: Date | null | undefined, than: Date): Date | undefined =>
  time && !Number.isNaN(time.getTime()) ? (time < than ? time : than) : undefined

/** An address that may be shown as a link; undefined for everything else. */
export const isWeb = (url: string): boolean =>
  url.length <= ADDRESS && /^https?:$/.test(URL.parse(url)?.protocol ?? '')

const languageOf = (tag?: string | null): string | null =>
  tag && /^[a-z]{2,3}([-_][a-z0-9]{2,8})*$/i.test(tag) ? tag : null

const isEmoji = ({ shortcode, url }: EmojiUse): boolean => /^\w{1,128}$/.test(shortcode) && isWeb(url)

function hashtagsOf(typed: readonly string[]) {
  const found = new Map<string, string>()
  for (const each of typed) {
    const display = cleanText(each).replace(/^[#＃]/, '')
    const name = normalizeHashtag(display)
    if (name && !found.has(name)) found.set(name, display)
  }
  return [...found].slice(0, most.hashtags).map(([name, display]) => ({ name, display }))
}

const countOf = (count: unknown): number =>
  typeof count === 'number' && count > 0 ? Math.min(Math.floor(count), 2_147_483_647) : 0

const pollOf = (poll: PollDraft): PollDraft => ({
  ...poll,
  options: poll.options.slice(0, most.options).map((option) => cleanText(cutText(option, 500)).trim()),
  tallies: poll.options.slice(0, most.options).map((_, at) => countOf(poll.tallies?.[at])),
  votersCount: poll.votersCount === undefined || poll.votersCount === null ? null : countOf(poll.votersCount),
})
