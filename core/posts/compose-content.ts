import { instance } from '#config/instance'
import { limits } from '#config/limits'
import type { Ctx } from '../ctx.ts'
import { findEmojis } from '../media/find-emojis.ts'
import { cleanText } from '../text/clean-text.ts'
import { composeText } from '../text/compose-text.ts'
import { countCharacters } from '../text/count-characters.ts'
import { findHashtags } from '../text/find-hashtags.ts'
import { Invalid } from '#platform/errors'
import type { Id } from '#platform/ids'
import { resolveMentions } from './resolve-mentions.ts'

/** What a member typed. */
export type Typed = {
  text: string
  spoilerText: string
  pollOptions?: readonly string[]
  /** Whether it says something without words. */
  hasMedia: boolean
  /** Accounts that may be named; everybody when absent (POST-15). */
  allowedMentions?: readonly Id[] | undefined
  /** The page of what it quotes; a quote says something without words too. */
  quoteUrl?: string | undefined
}

/** The text names somebody whom the app did not expect (POST-15). */
export class UnexpectedMentions extends Invalid {
  readonly accounts: { id: Id; acct: string }[]
  constructor(accounts: { id: Id; acct: string }[]) {
    super('Unexpected mentions in the post')
    this.accounts = accounts
  }
}

/**
 * Makes the content of a post out of what was typed: HTML, mentions, hashtags and emojis (POST-01, POST-05, POST-11,
 * POST-12). Throws Invalid when it says nothing or too much, UnexpectedMentions.
 */
export async function composeContent(ctx: Ctx, authorId: Id, typed: Typed) {
  const { text, spoilerText } = wordsOf(typed)
  if (text === '' && !typed.hasMedia && typed.quoteUrl === undefined)
    throw new Invalid("Validation failed: Text can't be blank")
  if (countCharacters(text, spoilerText) > limits.post.characters)
    throw new Invalid(`Validation failed: Text character limit of ${limits.post.characters} exceeded`)
  const [mentioned, emojis] = await Promise.all([
    resolveMentions(ctx, { text, authorId }),
    findEmojis(ctx, [text, spoilerText, ...(typed.pollOptions ?? [])].join('\n')),
  ])
  const accounts = [...mentioned.values()]
  const { allowedMentions } = typed
  const unexpected = accounts.filter(
    ({ accountId }) => allowedMentions && !allowedMentions.includes(accountId),
  )
  if (unexpected.length > 0)
    throw new UnexpectedMentions(unexpected.map(({ accountId, acct }) => ({ id: accountId, acct })))
  return {
    text,
    spoilerText,
    html: composeText(text, {
      origin: instance.origin,
      mentions: mentioned,
      format: 'post',
      ...(typed.quoteUrl === undefined ? {} : { quoteUrl: typed.quoteUrl }),
    }),
    emojis,
    mentions: accounts.map(({ accountId }) => ({ accountId })),
    hashtags: findHashtags(text),
  }
}

/** A warning in front of nothing is the text itself; a quote is something (POST-05). */
function wordsOf(typed: Typed): { text: string; spoilerText: string } {
  const [text, spoilerText] = [cleanText(typed.text).trim(), cleanText(typed.spoilerText).trim()]
  return text === '' && typed.quoteUrl === undefined
    ? { text: spoilerText, spoilerText: '' }
    : { text, spoilerText }
}
