/** What a fetch of an ActivityPub document asks for (wire.md 2). */
export const activityAccept =
  'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'

const profile = 'https://www.w3.org/ns/activitystreams'

/** The media type of a header without its parameters, in small letters; empty when it came twice or not at all. */
export function mediaTypeOf(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header.split(';')[0]!.trim().toLowerCase() : ''
}

/**
 * Whether a Content-Type makes its body an ActivityPub document (federation rule 60): activity+json, or ld+json with
 * the ActivityStreams profile. The one list that every fetch goes by; `application/json` is not on it.
 */
export function isActivityType(header: string | string[] | undefined): boolean {
  const type = mediaTypeOf(header)
  if (type === 'application/activity+json') return true
  if (type !== 'application/ld+json' || typeof header !== 'string') return false
  const [, quoted, bare] = /;\s*profile\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(header) ?? []
  return (quoted ?? bare ?? '').split(/\s+/).includes(profile)
}
