import { instance } from '#config/instance'
import { FetchFailed } from '#platform/http-errors'
import { log } from '#platform/log'
import { idOf, type Json, objectsOf, textOf } from './properties.ts'
import { readJson } from './read-json.ts'
import { getPlain } from './signed-http.ts'

/** A user name and the domain it is of, in small letters. */
export type Handle = { username: string; domain: string }

const scheme = (): string => (instance.isSecure || !instance.allowPrivateAddresses ? 'https' : 'http')

async function ask({ username, domain }: Handle): Promise<Json | undefined> {
  const resource = encodeURIComponent(`acct:${username}@${domain}`)
  try {
    const answer = await getPlain(
      `${scheme()}://${domain}/.well-known/webfinger?resource=${resource}`,
      'application/jrd+json, application/json',
    )
    return answer.status >= 200 && answer.status < 300 ? readJson(answer.body) : undefined
  } catch (error) {
    if (!(error instanceof FetchFailed) && !(Error.isError(error) && error.name === 'Invalid')) throw error
    log.debug(
      { username, domain, error: Error.isError(error) ? error.message : '' },
      'WebFinger gave nothing',
    )
    return undefined
  }
}

const selfOf = (jrd: Json): string | undefined =>
  objectsOf(jrd.links)
    .filter(
      (link) => link.rel === 'self' && /^application\/(activity|ld)\+json/.test(textOf(link.type) ?? ''),
    )
    .flatMap((link) => idOf(link.href) ?? [])[0]

const subjectOf = (jrd: Json, asked: Handle): Handle => {
  const [, username, domain] = /^(?:acct:)?@?([^@\s]+)@([^@\s/]+)$/.exec(textOf(jrd.subject) ?? '') ?? []
  return username && domain ? { username, domain: domain.toLowerCase() } : asked
}

const isSame = (a: Handle, b: Handle): boolean =>
  a.username.toLowerCase() === b.username.toLowerCase() && a.domain === b.domain

/** The ActivityPub id behind a handle, or undefined when its domain names none (wire 4.1). */
export async function findActorId(handle: Handle): Promise<string | undefined> {
  const jrd = await ask(handle)
  return jrd && selfOf(jrd)
}

/**
 * The handle under which an actor may be shown: the one that WebFinger of its own domain confirms for this very id
 * (federation rules 79, 80). A subject on another domain counts when that domain confirms it too. Undefined when
 * nobody confirms.
 */
export async function confirmHandle(claimed: Handle, actorId: string): Promise<Handle | undefined> {
  const jrd = await ask(claimed)
  if (!jrd || selfOf(jrd) !== actorId) return undefined
  const subject = subjectOf(jrd, claimed)
  if (isSame(subject, claimed) || subject.domain === claimed.domain)
    return { ...subject, username: subject.username }
  const confirmed = await ask(subject)
  return confirmed && selfOf(confirmed) === actorId ? subject : claimed
}
