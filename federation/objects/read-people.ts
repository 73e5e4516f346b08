import { parseHandle } from '#core/accounts/parse-handle'
import { isOurs, parseOurs } from '#core/addresses'
import type { MentionDraft } from '#core/posts/post-draft'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'
import {
  idOf,
  idsOf,
  isJson,
  isWeb,
  type Json,
  many,
  objectsOf,
  sameOrigin,
  textOf,
  typeOf,
} from '../properties.ts'
import { isPublic } from '../vocabulary.ts'

/** Somebody a post is for, by id, page or `acct:`; silent ones are addressed without being named. */
export type Addressee = { uri: string; isSilent: boolean }

const isGroup = (value: unknown): boolean => isJson(value) && typeOf(value, ['Group']) !== undefined
const ofOrigin = (object: Json, named: readonly unknown[]): string | undefined =>
  idsOf(named).find((uri) => sameOrigin(uri, textOf(object.id)))

/**
 * The author: the first id in `attributedTo` (else `actor`) of the same origin as the object (federation rule 54); what says
 * that it is a group only when nobody else is named (feature video-01).
 */
export function authorOf(object: Json): string | undefined {
  const named = many(object.attributedTo ?? object.actor)
  return ofOrigin(object, [...named.filter((each) => !isGroup(each)), ...named.filter(isGroup)])
}

/** The group that shows it beside its author, as the channel of a video (feature video-01). */
export function channelOf(object: Json): string | undefined {
  const channel = ofOrigin(object, many(object.attributedTo).filter(isGroup))
  return channel === authorOf(object) ? undefined : channel
}

const isHandle = (uri: string): boolean => /^acct:[^@]+@/.test(uri)

/**
 * Everybody it is addressed to or names: mentions first, in their order, whatever names these bear (feature mentions-03).
 * Collections are left out.
 */
export function addresseesOf(object: Json, followersUrl: string | null): Addressee[] {
  const tags = objectsOf(object.tag).filter((tag) => typeOf(tag, ['Mention']))
  const named = tags.flatMap((tag) => idOf(tag.href) ?? [])
  const addressed = [object.to, object.cc, object.audience, channelOf(object)].flatMap(idsOf)
  const all = new Map<string, boolean>([
    ...named.map((uri) => [uri, false] as const),
    ...addressed
      .filter((uri) => !isPublic(uri) && uri !== followersUrl && !named.includes(uri))
      .map((uri) => [uri, true] as const),
  ])
  return [...all]
    .filter(([uri]) => isWeb(uri) || isHandle(uri))
    .map(([uri, isSilent]) => ({ uri, isSilent }))
    .slice(0, 100)
}

/** Whom a post names among accounts that are known, each once. */
export function mentionsOf(addressees: readonly Addressee[], known: ReadonlyMap<string, Id>): MentionDraft[] {
  const all = new Map<Id, MentionDraft>()
  for (const { uri, isSilent } of addressees) {
    const accountId = known.get(uri)
    if (accountId && !all.has(accountId)) all.set(accountId, { accountId, isSilent })
  }
  return [...all.values()]
}

type Stored = { id: Id; uri: string | null; url: string | null; username: string; domain: string | null }
/** Where somebody is looked for: by id or page elsewhere, by the id of an account here, or by name in lower case. */
type Place = { web?: string; id?: Id; username?: string; domain?: string }

const columns = 'SELECT id, uri, url, lower(username) AS username, domain FROM accounts'
const stored = `${columns} WHERE uri = ANY ($1::text[])
  UNION ALL ${columns} WHERE url = ANY ($1::text[]) AND domain IS NOT NULL
  UNION ALL ${columns} WHERE id = ANY ($2::bigint[]) AND domain IS NULL`
const withHandles = `${stored}
  UNION ALL ${columns} WHERE (lower(username), coalesce(domain, '')) IN (SELECT * FROM unnest($3::text[], $4::text[]))`

/**
 * The stored accounts among these ActivityPub ids, pages and `acct:` handles (wire 7.1), ours included. An id counts before a
 * page, and a page only for whoever is of its server.
 */
export async function knownAccounts(uris: readonly string[]): Promise<Map<string, Id>> {
  if (uris.length === 0) return new Map()
  const asked = uris.map((uri) => ({ uri, place: placeOf(uri) }))
  const listed = (key: keyof Place) => asked.flatMap(({ place }) => place[key] ?? [])
  const [web, ids, names, domains] = [listed('web'), listed('id'), listed('username'), listed('domain')]
  const found = await (names.length > 0
    ? rows<Stored>({}, withHandles, [web, ids, names, domains])
    : rows<Stored>({}, stored, [web, ids]))
  return new Map(
    asked.flatMap(({ uri, place }) => {
      const account = found.find((each) => each.uri === uri) ?? found.find((each) => isAt(place, each))
      return account ? [[uri, account.id]] : []
    }),
  )
}

const isAt = (place: Place, { id, uri, url, username, domain }: Stored): boolean =>
  (place.web !== undefined && place.web === url && sameOrigin(url, uri ?? undefined)) ||
  (place.id === id && domain === null) ||
  (place.username === username && place.domain === (domain ?? ''))

function placeOf(uri: string): Place {
  const handle = isHandle(uri) ? parseHandle(uri) : undefined
  const page = parseOurs(uri)
  if (handle) return at(handle.username, handle.domain)
  if (page && 'accountId' in page) return { id: page.accountId }
  if (page && 'username' in page) return at(page.username, null)
  return isOurs(uri) ? {} : { web: uri }
}

const at = (username: string, domain: string | null): Place => ({
  username: username.toLowerCase(),
  domain: domain ?? '',
})
