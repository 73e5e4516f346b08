import type { Ctx } from '#core/ctx'
import type { Suggestion, SuggestionSource } from '#core/discovery/suggestion.queries'
import { accountsJsonById } from './account.ts'

// What apps older than 4.3 call the strongest of the sources.
const olderNames: Record<SuggestionSource, string> = {
  featured: 'staff',
  friends_of_friends: 'past_interactions',
  most_followed: 'global',
  most_interactions: 'global',
}

/** Suggestions in the order given. Two queries at most, however many (ACCT-42). */
export async function suggestionsJson(ctx: Ctx, found: readonly Suggestion[]) {
  const accounts = await accountsJsonById(
    ctx,
    found.map(({ id }) => id),
  )
  return found.flatMap(({ id, sources }) => {
    const account = accounts.get(id)
    const [first] = sources
    return account && first ? [{ source: olderNames[first], sources, account }] : []
  })
}
