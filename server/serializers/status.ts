import { accountIdOf } from '#core/actor'
import type { Ctx } from '#core/ctx'
import { filterSets } from '#core/filters/filter-set'
import type { FilterMatch } from '#core/filters/match-filters'
import { type PostState, postStates } from '#core/posts/post.queries'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { type AccountJson, accountsJsonById } from './account.ts'
import { type CollectionJson, collectionsJsonById } from './collection.ts'
import { filterResultJson } from './filter.ts'
import { type GroupJson, groupsJsonById } from './group.ts'
import { interactionPolicyJson } from './interaction-policy.ts'
import { pollJson } from './poll.ts'
import { creatorsOf, previewCardJson } from './preview-card.ts'
import { matchesOf } from './status-filters.ts'
import { type QuoteJson, quoteApprovalJson, quoteJson, quoteNamesJson, shallowQuoteJson } from './quote.ts'
import { reactionsJson } from './reaction.ts'
import { fragmentsOf, type StatusFragment } from './status-fragment.ts'

/** A post as clients read it. Members also get how they stand to it. */
export type StatusJson = Omit<ReturnType<typeof renderWords>, 'reblog'> & {
  reblog: StatusJson | null
  quote: QuoteJson<StatusJson> | null
  quote_id: Id | null
  pleroma: object
}

/**
 * Renders posts and boosts in the order given, as the actor sees them; those that are gone are left out. That the actor
 * may see them is the caller's business. The number of queries does not depend on the number of posts.
 */
export async function statusesJson(ctx: Ctx, ids: readonly Id[]): Promise<StatusJson[]> {
  const viewerId = accountIdOf(ctx.actor)
  const states = new Map((await postStates(ctx, ids, viewerId ?? null)).map((state) => [state.id, state]))
  const all = [...states.values()]
  const version = all[0]?.filtersVersion ?? 0
  const [fragments, sets, accounts] = await Promise.all([
    fragmentsOf(ctx, all),
    filterSets(ctx, viewerId ? [{ accountId: viewerId, version }] : []),
    accountsJsonById(
      ctx,
      all.flatMap(({ authorId, groupId }) => (groupId ? [authorId, groupId] : [authorId])),
    ),
  ])
  const inGroups = all.flatMap(({ groupId }) => groupId ?? [])
  const groups = await groupsJsonById(ctx, inGroups, accounts)
  const creators = await creatorsOf(ctx, fragments.values(), accounts)
  const linked = [...fragments.values()].flatMap(({ collectionIds }) => collectionIds)
  const collections = await collectionsJsonById(ctx, linked)
  const filters = (viewerId && sets.get(viewerId)) || []
  const jsonOf = (id: Id, isQuoted = false): StatusJson | undefined => {
    const [state, fragment] = [states.get(id), fragments.get(id)]
    const account = state && accounts.get(state.authorId)
    if (!state || !fragment || !account) return undefined
    const group = groups.get(state.groupId ?? '')
    const parts = { state, fragment, account, group, viewerId, creators, collections }
    if (!state.boostOfId) {
      const whole = { ...parts, matches: matchesOf(filters, fragment, [id]) }
      return isQuoted || !state.quote ? render(whole) : renderQuote(whole, jsonOf)
    }
    const [reblog, original] = [jsonOf(state.boostOfId), fragments.get(state.boostOfId)]
    if (!reblog || !original) return undefined
    return renderBoost({ ...parts, matches: matchesOf(filters, original, [id, reblog.id]) }, reblog)
  }
  return ids.flatMap((id) => jsonOf(id) ?? [])
}

/** Renders one post. Throws NotFound when it is gone. */
export async function statusJson(ctx: Ctx, id: Id): Promise<StatusJson> {
  const [json] = await statusesJson(ctx, [id])
  if (!json) throw new NotFound()
  return json
}

type Parts = {
  state: PostState
  fragment: StatusFragment
  account: AccountJson
  /** The group that it is in (client extensions 4.8). */
  group: GroupJson | undefined
  viewerId: Id | undefined
  creators: ReadonlyMap<Id, AccountJson>
  collections: ReadonlyMap<Id, CollectionJson>
  matches: FilterMatch[]
}

function render(parts: Parts, quote: StatusJson['quote'] = shallowQuoteJson(parts.state)): StatusJson {
  const words = renderWords(parts)
  const names = quoteNamesJson(parts.state, quote)
  return { ...words, quote, ...names, pleroma: { ...words.pleroma, ...names.pleroma } }
}

function renderWords(parts: Parts) {
  const { state, fragment, account, group, viewerId, creators, collections, matches } = parts
  const isAuthor = state.authorId === viewerId
  const voter = viewerId ? { isAuthor, ownVotes: state.ownVotes } : undefined
  return {
    id: state.id,
    created_at: fragment.createdAt,
    in_reply_to_id: state.replyToId,
    in_reply_to_account_id: fragment.replyToAccountId,
    sensitive: fragment.sensitive,
    spoiler_text: fragment.spoilerText,
    visibility: fragment.visibility,
    language: fragment.language,
    uri: fragment.uri,
    url: fragment.url,
    replies_count: Math.max(0, state.repliesCount),
    reblogs_count: Math.max(0, state.boostsCount),
    favourites_count: Math.max(0, state.favouritesCount),
    quotes_count: state.quotesCount,
    ...reactionsJson(state),
    edited_at: fragment.editedAt,
    content: fragment.content,
    reblog: null,
    account,
    ...(group ? { group } : {}),
    media_attachments: fragment.media,
    mentions: fragment.mentions,
    tags: fragment.tags,
    emojis: fragment.emojis,
    tagged_collections: fragment.collectionIds.flatMap((id) => collections.get(id) ?? []),
    card: fragment.card && previewCardJson(fragment.card, { creators, viewerId }),
    poll: fragment.poll && pollJson(fragment.poll.card, fragment.poll.emojis, voter),
    quote_approval: quoteApprovalJson(state),
    interaction_policy: interactionPolicyJson(state, fragment, viewerId),
    // Left out for others when the author hides it (POST-21).
    ...(isAuthor || !fragment.hidesApp ? { application: fragment.application } : {}),
    ...(viewerId ? { ...standing(state), filtered: matches.map(filterResultJson) } : {}),
    ...(isAuthor && isPinnable(state, fragment) ? { pinned: state.isPinned } : {}),
  }
}

const standing = (state: PostState) => ({
  favourited: state.isFavourite,
  reblogged: state.isBoosted,
  muted: state.isMuted,
  bookmarked: state.isBookmarked,
})

const isPinnable = ({ boostOfId }: PostState, { visibility }: StatusFragment): boolean =>
  boostOfId === null && visibility !== 'direct'

/** A post with what it quotes, which shows its own quote by id alone (QUOTE-07). */
function renderQuote(parts: Parts, find: (id: Id, isQuoted: boolean) => StatusJson | undefined): StatusJson {
  const { quote } = parts.state
  return render(parts, quote && quoteJson(quote, (id) => find(id, true)))
}

/** A boost says what its original says; media, poll, counters and quotes are the original's alone (STAT-23, TRIP-41). */
const renderBoost = (parts: Parts, reblog: StatusJson): StatusJson => ({
  ...render(parts),
  sensitive: reblog.sensitive,
  spoiler_text: reblog.spoiler_text,
  language: reblog.language,
  content: reblog.content,
  mentions: reblog.mentions,
  tags: reblog.tags,
  emojis: reblog.emojis,
  quote_approval: reblog.quote_approval,
  interaction_policy: reblog.interaction_policy,
  ...(reblog.group ? { group: reblog.group } : {}),
  reblog,
  ...(parts.viewerId
    ? {
        favourited: reblog.favourited,
        reblogged: reblog.reblogged,
        muted: reblog.muted,
        bookmarked: reblog.bookmarked,
      }
    : {}),
})
