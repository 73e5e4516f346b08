import { accountUri, accountUrl, isOurs } from '#core/addresses'
import type { Account, AccountKind, EmojiUse } from '#core/accounts/account.model'
import type { RemoteAccount } from '#core/accounts/receive-account'
import type { Group } from '#core/groups/group.model'
import { pictureUrls } from '#core/media/medium-addresses'
import type { Medium } from '#core/media/medium.model'
import { instance } from '#config/instance'
import { readAssertionKeys } from '../assertion-keys.ts'
import {
  booleanOf,
  idOf,
  idsOf,
  isJson,
  isWeb,
  type Json,
  objectsOf,
  sameOrigin,
  textOf,
  timeOf,
  typeOf,
  urlOf,
} from '../properties.ts'
import { actorContext, groupContext, isPublic, PUBLIC, timeText } from '../vocabulary.ts'

const kinds = {
  Person: 'person',
  Service: 'service',
  Group: 'group',
  Application: 'application',
  Organization: 'organization',
} as const satisfies Record<string, AccountKind>

export const actorTypes = Object.keys(kinds) as (keyof typeof kinds)[]

/** What an actor document is made of. */
export type ActorParts = {
  account: Account
  publicPem: string
  /** The Multikey of its proofs. */
  proofKey: string
  avatar: Medium | null
  header: Medium | null
  movedTo: Account | null
  /** How it is a group, if it is one. */
  group: Group | null
}

/** An account of this instance as the actor document that other servers read (wire 5.1 to 5.3). */
export function renderAccount(parts: ActorParts): Json {
  const { account, publicPem, proofKey, avatar, header, movedTo, group } = parts
  const id = accountUri(account)
  const type = Object.entries(kinds).find(([, kind]) => kind === account.kind)?.[0] ?? 'Person'
  return {
    '@context': group ? groupContext : actorContext,
    id,
    type,
    preferredUsername: account.username,
    name: account.displayName,
    summary: account.noteHtml,
    url: accountUrl(account),
    webfinger: `${account.username}@${instance.domain}`,
    published: timeText(account.createdAt),
    updated: timeText(account.updatedAt),
    inbox: `${id}/inbox`,
    outbox: `${id}/outbox`,
    followers: `${id}/followers`,
    following: `${id}/following`,
    featured: `${id}/featured`,
    featuredTags: `${id}/featured-tags`,
    endpoints: { sharedInbox: `${instance.origin}/inbox` },
    manuallyApprovesFollowers: account.isLocked,
    discoverable: account.isDiscoverable,
    indexable: account.isIndexable,
    // Else only those find their posts whom these have to do with: the servers that know this word take the author's id for that.
    searchableBy: [account.isIndexable ? PUBLIC : id],
    memorial: account.isMemorial,
    publicKey: { id: `${id}#main-key`, owner: id, publicKeyPem: publicPem },
    assertionMethod: [
      { id: `${id}#ed25519-key`, type: 'Multikey', controller: id, publicKeyMultibase: proofKey },
    ],
    attachment: account.fields.map(({ name, valueHtml }) => ({
      type: 'PropertyValue',
      name,
      value: valueHtml,
    })),
    tag: account.emojis.map(renderEmoji),
    alsoKnownAs: account.alsoKnownAs,
    ...(group ? renderGroup(id, group) : {}),
    ...(movedTo ? { movedTo: accountUri(movedTo) } : {}),
    ...(avatar ? { icon: picture(avatar) } : {}),
    ...(header ? { image: picture(header) } : {}),
  }
}

// One address where its moderators are listed, as most readers want it (wire 5.3, 18.1).
const renderGroup = (id: string, { isRestricted }: Group): Json => ({
  attributedTo: `${id}/moderators`,
  moderators: `${id}/moderators`,
  postingRestrictedToMods: isRestricted,
  sensitive: false,
})

const picture = (medium: Medium): Json => ({
  type: 'Image',
  mediaType: medium.mimeType ?? 'image/png',
  url: pictureUrls(medium)?.url,
  ...(medium.description ? { name: medium.description } : {}),
})

/** A custom emoji of this instance in a `tag` list (wire 7.3). */
export const renderEmoji = ({ shortcode, url }: EmojiUse): Json => ({
  type: 'Emoji',
  id: `${instance.origin}/emojis/${encodeURIComponent(shortcode)}`,
  name: `:${shortcode}:`,
  icon: { type: 'Image', mediaType: 'image/png', url },
})

/**
 * Reads an actor document that was fetched from its own id, with the handle that WebFinger confirmed. Gives
 * undefined when it is no actor or lacks what an account needs: id, inbox, username.
 */
export function readAccount(
  actor: Json,
  handle: { username: string; domain: string },
): RemoteAccount | undefined {
  const uri = textOf(actor.id)
  const type = typeOf(actor, actorTypes)
  const inboxUrl = idOf(actor.inbox)
  if (!uri || !type || !inboxUrl || !isWeb(inboxUrl)) return undefined
  const endpoints = isJson(actor.endpoints) ? actor.endpoints : {}
  const key = keyOf(actor, uri)
  const web = (value: unknown): string | null => {
    const found = idOf(value)
    return found && sameOrigin(found, uri) ? found : null
  }
  return {
    ...handle,
    uri,
    url: pageOf(actor.url),
    kind: kinds[type],
    displayName: textOf(actor.name) ?? '',
    noteHtml: textOf(actor.summary) ?? '',
    fields: fieldsOf(actor),
    emojis: readEmojis(actor.tag),
    avatarUrl: pictureUrl(actor.icon),
    headerUrl: pictureUrl(actor.image),
    isLocked: booleanOf(actor.manuallyApprovesFollowers),
    isDiscoverable: booleanOf(actor.discoverable),
    isIndexable: isIndexable(actor),
    isMemorial: booleanOf(actor.memorial),
    inboxUrl,
    sharedInboxUrl: idOf(endpoints.sharedInbox) ?? null,
    outboxUrl: web(actor.outbox),
    followersUrl: web(actor.followers),
    followingUrl: web(actor.following),
    featuredUrl: web(actor.featured),
    ...(type === 'Group' ? readGroup(actor, web) : {}),
    publicKeyId: key?.id ?? null,
    publicKeyPem: key?.pem ?? null,
    assertionKeys: readAssertionKeys(actor, uri),
    alsoKnownAs: idsOf(actor.alsoKnownAs)
      .filter((each) => isWeb(each) && each.length <= 256)
      .slice(0, 50),
    movedToUri: idOf(actor.movedTo) ?? null,
    createdAt: timeOf(actor.published),
  }
}

// Some name the people themselves in place of a list (feature groups-13).
const readGroup = (
  { attributedTo, moderators, postingRestrictedToMods }: Json,
  web: (value: unknown) => string | null,
) => ({
  moderatorsUrl: web(textOf(attributedTo) ?? textOf(moderators)),
  restrictsPosting: booleanOf(postingRestrictedToMods),
})

// Some say so in the words of FEP-268d alone (feature actors-11).
const isIndexable = ({ indexable, searchableBy }: Json): boolean =>
  indexable === undefined ? idsOf(searchableBy).some(isPublic) : booleanOf(indexable)

// Our own pages show nobody from elsewhere (GHSA-37jf-59fg-9hpr).
const pageOf = (url: unknown): string | null => {
  const page = urlOf(url)
  return page && !isOurs(page) ? page : null
}

function keyOf(actor: Json, uri: string): { id: string; pem: string } | undefined {
  for (const key of objectsOf(actor.publicKey)) {
    const [id, pem] = [textOf(key.id), textOf(key.publicKeyPem)]
    if (id && pem && (idOf(key.owner) ?? uri) === uri && sameOrigin(id, uri)) return { id, pem }
  }
  return undefined
}

// Some say a field twice, the second time as a Note or Link (FEP-fb2a): whoever knows one form reads it once.
function fieldsOf(actor: Json): { name: string; valueHtml: string }[] {
  const all = objectsOf(actor.attachment)
  const values = all.filter((each) => typeOf(each, ['PropertyValue']))
  const known = new Set(values.map(({ name }) => name))
  return all.filter((each) => values.includes(each) || !known.has(each.name)).flatMap(readField)
}

const readField = (field: Json): { name: string; valueHtml: string }[] => {
  const [name, value] = [
    textOf(field.name),
    textOf(field.value) ?? textOf(field.content) ?? textOf(field.href),
  ]
  return name && value ? [{ name, valueHtml: value }] : []
}

const pictureUrl = (value: unknown): string | undefined => {
  const image = objectsOf(value)[0]
  return image ? urlOf(image.url ?? image.href) : urlOf(value)
}

const CODE = /^[\p{L}\p{N}_.+-]{1,100}$/u

/** The custom emojis in a `tag` list (wire 7.3); at most 100, those without a picture are skipped. */
export const readEmojis = (tag: unknown): EmojiUse[] =>
  objectsOf(tag)
    .filter((each) => typeOf(each, ['Emoji']))
    .flatMap((each) => {
      const shortcode = (textOf(each.name) ?? '').replaceAll(/^:|:$/g, '')
      const url = pictureUrl(each.icon)
      return url && CODE.test(shortcode) ? [{ shortcode, url, staticUrl: url }] : []
    })
    .slice(0, 100)
