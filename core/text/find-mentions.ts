import { findEntities, type Mention } from '#core/text/find-entities'

/**
 * Whom a text mentions, in order of mention and each once: `@user`, `@user@host.tld` or `@user@localhost:3001`, not
 * inside e-mail addresses and URLs. `domain` is in lower case and ASCII, null for a bare `@user`; `handle` is the key
 * under which `composeText` looks for the account. Whether the account exists is the caller's question.
 */
export function findMentions(text: string): Pick<Mention, 'username' | 'domain' | 'handle'>[] {
  const found = new Map<string, Pick<Mention, 'username' | 'domain' | 'handle'>>()
  for (const entity of findEntities(text)) {
    if (entity.kind !== 'mention' || found.has(entity.handle)) continue
    const { username, domain, handle } = entity
    found.set(handle, { username, domain, handle })
  }
  return [...found.values()]
}
