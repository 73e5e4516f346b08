import type { Account } from '../accounts/account.model.ts'
import type { Relay } from './relay.model.ts'

/**
 * May this account answer for the relay (federation rule 67)? Whoever did before, or was asked; while nobody is known,
 * anybody of the server whose inbox was asked who knows the id of our Follow.
 */
export function speaksFor(relay: Relay, { id, uri }: Pick<Account, 'id' | 'uri'>): boolean {
  if (relay.accountId) return relay.accountId === id
  return uri !== null && URL.parse(uri)?.origin === URL.parse(relay.inboxUrl)?.origin
}
