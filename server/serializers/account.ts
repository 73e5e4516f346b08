import { instance } from '#config/instance'
import { type AccountCard, accountCards, type PictureCard } from '#core/accounts/account.queries'
import { accountUri, accountUrl } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { pictureUrls } from '#core/media/medium-addresses'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { emojiUsesJson } from './emoji.ts'
import { highlightedRole } from './role.ts'

/** An account as clients read it; members here also have `noindex` and `roles`. */
export type AccountJson = ReturnType<typeof render> & {
  moved?: AccountJson
  suspended?: boolean
  limited?: boolean
  memorial?: boolean
}

/** Renders accounts in the order given; those that are not known are left out. Two queries at most, however many. */
export async function accountsJson(ctx: Ctx, accounts: readonly { id: Id }[]): Promise<AccountJson[]> {
  const byId = await accountsJsonById(
    ctx,
    accounts.map(({ id }) => id),
  )
  return accounts.flatMap(({ id }) => byId.get(id) ?? [])
}

/** Renders accounts by id: for lists of posts, notifications and others that refer to the same accounts again and again. */
export async function accountsJsonById(ctx: Ctx, ids: readonly Id[]): Promise<Map<Id, AccountJson>> {
  const cards = await accountCards(ctx, [...new Set(ids)])
  const known = new Map(cards.map((card) => [card.id, card]))
  const missing = new Set(cards.flatMap(({ movedToId }) => movedToId ?? []).filter((id) => !known.has(id)))
  const targets = new Map((await accountCards(ctx, [...missing])).map((card) => [card.id, card]))
  const targetOf = (id: Id | null) => (id ? (known.get(id) ?? targets.get(id)) : undefined)
  return new Map(cards.map((card) => [card.id, accountJson(card, targetOf(card.movedToId))]))
}

/** Renders one account. Throws NotFound when there is none. */
export async function oneAccountJson(ctx: Ctx, id: Id): Promise<AccountJson> {
  const [json] = await accountsJson(ctx, [{ id }])
  if (!json) throw new NotFound()
  return json
}

/**
 * An account and, when it moved, where to (ACCT-11). Of a suspended one only name and address are told (ACCT-08);
 * one that was deleted counts as suspended.
 */
export function accountJson(card: AccountCard, target?: AccountCard): AccountJson {
  const isSuspended = card.suspendedAt !== null || card.goneAt !== null
  return {
    ...render(isSuspended ? blank(card) : card),
    ...(isSuspended ? { suspended: true } : {}),
    ...(card.silencedAt && !isSuspended ? { limited: true } : {}),
    ...(card.isMemorial && !isSuspended ? { memorial: true } : {}),
    ...(target && !isSuspended ? { moved: accountJson(target) } : {}),
  }
}

const blank = (card: AccountCard): AccountCard => ({
  ...card,
  displayName: '',
  noteHtml: '',
  fields: [],
  emojis: [],
  avatar: null,
  header: null,
  isLocked: false,
  isDiscoverable: false,
  isIndexable: false,
  lastPostAt: null,
  role: null,
})

function render(card: AccountCard) {
  return {
    id: card.id,
    username: card.username,
    acct: card.domain ? `${card.username}@${card.domain}` : card.username,
    display_name: card.displayName,
    locked: card.isLocked,
    bot: card.kind === 'service' || card.kind === 'application',
    discoverable: card.isDiscoverable,
    indexable: card.isIndexable,
    group: card.kind === 'group',
    created_at: `${dayOf(card.createdAt)}T00:00:00.000Z`,
    note: card.noteHtml,
    url: accountUrl(card),
    uri: accountUri(card),
    ...pictureJson('avatar', card.avatar),
    ...pictureJson('header', card.header),
    followers_count: Math.max(0, card.followersCount),
    following_count: Math.max(0, card.followingCount),
    statuses_count: Math.max(0, card.postsCount),
    last_status_at: card.lastPostAt ? dayOf(card.lastPostAt) : null,
    hide_collections: card.hidesCollections,
    show_media: card.showsMedia,
    show_media_replies: card.showsMediaReplies,
    show_featured: card.showsFeatured,
    emojis: emojiUsesJson(card.emojis),
    fields: card.fields.map(({ name, valueHtml, verifiedAt }) => ({
      name,
      value: valueHtml,
      verified_at: verifiedAt ?? null,
    })),
    feature_approval: featureApproval(card),
    ...(card.domain === null ? { noindex: card.noindex ?? false, roles: highlightedRole(card.role) } : {}),
  }
}

// Members who want to be found may be put into collections; of others nothing is known (COLL-03).
const featureApproval = ({ domain, isDiscoverable }: AccountCard) => {
  const isFree = domain === null && isDiscoverable
  return {
    automatic: isFree ? ['public'] : [],
    manual: [],
    current_user: isFree ? 'automatic' : domain === null ? 'denied' : 'missing',
  }
}

// The day alone: clients compare it, and the hour somebody joined is nobody's business (ID-08, ID-09).
const dayOf = (time: Date): string => time.toISOString().slice(0, 10)

type Pictures<N extends string> = Record<N | `${N}_static` | `${N}_description`, string>

// Always absolute addresses; a name that ends in missing.png tells apps that there is no picture (ACCT-07, TRIP-12).
function pictureJson<N extends 'avatar' | 'header'>(name: N, card: PictureCard | null): Pictures<N> {
  const urls = card && pictureUrls(card)
  const missing = `${instance.origin}/${name}s/original/missing.png`
  return {
    [name]: urls?.url ?? missing,
    [`${name}_static`]: urls?.staticUrl ?? missing,
    [`${name}_description`]: (urls && card?.description) || '',
  } as Pictures<N>
}
