import { Account } from '#core/accounts/account.model'
import { accountCards, type PictureCard } from '#core/accounts/account.queries'
import type { Ctx } from '#core/ctx'
import { pictureUrls } from '#core/media/medium-addresses'
import { featuredTags } from '#core/tags/tag.queries'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { featuredTagJson } from './featured-tag.ts'

type Field = { name: string; verifiedAt?: string | null }

const fieldJson = ({ name, verifiedAt }: Field, value: string) => ({
  name,
  value,
  verified_at: verifiedAt ?? null,
})

// Null means the picture that everybody has who has none (ACCT-44).
const pictureJson = (card: PictureCard | null, name: 'avatar' | 'header') => {
  const urls = card && pictureUrls(card)
  return {
    [name]: urls?.url ?? null,
    [`${name}_static`]: urls?.staticUrl ?? null,
    [`${name}_description`]: (urls && card?.description) || '',
  }
}

/** A member's own profile for editing: texts as typed and as shown side by side (ACCT-44). Throws NotFound. */
export async function profileJson(ctx: Ctx, accountId: Id) {
  const [account, [card], tags] = await Promise.all([
    Account.findByPk(accountId, { transaction: ctx.tx ?? null }),
    accountCards(ctx, [accountId]),
    featuredTags(ctx, accountId),
  ])
  if (!account || !card) throw new NotFound()
  return {
    id: account.id,
    display_name: account.displayName,
    note: account.note,
    fields: account.fields.map((field) => fieldJson(field, field.value)),
    formatted_note: account.noteHtml,
    formatted_fields: account.fields.map((field) => fieldJson(field, field.valueHtml)),
    ...pictureJson(card.avatar, 'avatar'),
    ...pictureJson(card.header, 'header'),
    locked: account.isLocked,
    bot: account.kind === 'service',
    hide_collections: account.hidesCollections,
    discoverable: account.isDiscoverable,
    indexable: account.isIndexable,
    show_media: account.showsMedia,
    show_media_replies: account.showsMediaReplies,
    show_featured: account.showsFeatured,
    attribution_domains: account.attributionDomains,
    featured_tags: tags.map(featuredTagJson),
  }
}
