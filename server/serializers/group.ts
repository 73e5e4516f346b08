import { actingId } from '#core/actor'
import type { Ctx } from '#core/ctx'
import {
  type Belonging,
  belongingsOf,
  type GroupCard,
  groupCards,
  type Membership,
} from '#core/groups/group.queries'
import type { Related } from '#core/relationships/relationship.queries'
import { instance } from '#config/instance'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { Page } from '../answers.ts'
import { type AccountJson, accountsJsonById } from './account.ts'

/** A group as apps of Pleroma's family read it (client extensions 4.8). */
export type GroupJson = ReturnType<typeof render>

/** Renders groups in the order given; what is no group is left out. A constant number of queries. */
export async function groupsJson(ctx: Ctx, ids: readonly Id[]): Promise<GroupJson[]> {
  const [cards, accounts] = await Promise.all([groupCards(ctx, ids), accountsJsonById(ctx, ids)])
  const byId = renderAll(cards, accounts)
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Renders the groups that posts are in, by id, of accounts that were rendered. One query, none when there are no groups. */
export const groupsJsonById = async (
  ctx: Ctx,
  ids: readonly Id[],
  accounts: ReadonlyMap<Id, AccountJson>,
): Promise<Map<Id, GroupJson>> =>
  ids.length === 0 ? new Map() : renderAll(await groupCards(ctx, [...new Set(ids)]), accounts)

const renderAll = (cards: readonly GroupCard[], accounts: ReadonlyMap<Id, AccountJson>) =>
  new Map(
    cards.flatMap((card) => {
      const account = accounts.get(card.id)
      return account ? [[card.id, render(card, account)] as const] : []
    }),
  )

/** Renders one group. Throws NotFound when there is none. */
export async function groupJson(ctx: Ctx, id: Id): Promise<GroupJson> {
  const [json] = await groupsJson(ctx, [id])
  if (!json) throw new NotFound()
  return json
}

const render = (card: GroupCard, account: AccountJson) => ({
  id: account.id,
  slug: account.acct,
  display_name: account.display_name,
  note: account.note,
  avatar: account.avatar,
  avatar_static: account.avatar_static,
  avatar_description: account.avatar_description,
  header: account.header,
  header_static: account.header_static,
  header_description: account.header_description,
  locked: account.locked,
  discoverable: account.discoverable,
  membership_required: card.requiresMembership ?? false,
  posting_restricted: card.isRestricted,
  members_count: account.followers_count,
  owner: card.ownerId === null ? null : { id: card.ownerId },
  url: account.url,
  uri: account.uri,
  domain: account.acct.split('@')[1] ?? instance.domain,
  emojis: account.emojis,
  created_at: account.created_at,
  statuses_visibility: 'public',
})

/** A page of groups that pages by when they were joined. */
export const groupPage = async (ctx: Ctx, found: Related[], limit: number): Promise<Page> => {
  const ids = found.map(({ accountId }) => accountId)
  return new Page(await groupsJson(ctx, ids), cursorsOf(found), {
    internal: true,
    full: found.length === limit,
  })
}

const cursorsOf = (found: readonly Related[]): Id[] => found.map(({ id }) => id)

/** The members of a group, with what they are in it. */
export async function groupMembersJson(ctx: Ctx, found: readonly Membership[]) {
  const accounts = await accountsJsonById(
    ctx,
    found.map(({ accountId }) => accountId),
  )
  return found.flatMap(({ id, accountId, role }) => {
    const account = accounts.get(accountId)
    return account ? [{ id, account, role }] : []
  })
}

/** A page of them. */
export const groupMemberPage = async (ctx: Ctx, found: Membership[], limit: number): Promise<Page> =>
  new Page(await groupMembersJson(ctx, found), cursorsOf(found), {
    internal: true,
    full: found.length === limit,
  })

/** What is between the caller and these groups, in their order; what is no group is left out. One query. */
export const groupRelationshipsJson = async (ctx: Ctx, ids: readonly Id[]) =>
  (await belongingsOf(ctx, actingId(ctx), ids)).map(renderBelonging)

/** What is between the caller and one group. Throws NotFound. */
export async function groupRelationshipJson(ctx: Ctx, id: Id) {
  const [json] = await groupRelationshipsJson(ctx, [id])
  if (!json) throw new NotFound()
  return json
}

const renderBelonging = ({ id, state, notifies, role, isBanned }: Belonging) => ({
  id,
  member: state === 'accepted',
  requested: state === 'pending',
  owner: role === 'owner',
  role: role ?? 'user',
  blocked_by: isBanned,
  notifying: notifies ?? false,
})
