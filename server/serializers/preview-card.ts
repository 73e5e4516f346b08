import { fileUrl, proxyUrl } from '#core/media/medium-addresses'
import type { Ctx } from '#core/ctx'
import type { PreviewCard, PreviewImage } from '#core/previews/preview-card'
import type { Id } from '#platform/ids'
import { type AccountJson, accountsJsonById } from './account.ts'

/**
 * A card as clients read it (STAT-31), with the account that the page names as its author when that lets it. Members are
 * told when the page names them and they did not let it yet. `creators` are the accounts by id.
 */
export function previewCardJson(
  card: PreviewCard,
  { creators, viewerId }: { creators: ReadonlyMap<Id, AccountJson>; viewerId?: Id | undefined },
) {
  const { image, authorName, authorUrl } = card
  const account = (card.creatorId && card.isAttributed && creators.get(card.creatorId)) || null
  const name = authorName || (account?.display_name ?? '')
  return {
    url: card.url,
    title: card.title,
    description: card.description,
    language: card.language,
    type: card.kind,
    author_name: name,
    author_url: authorUrl,
    provider_name: card.providerName,
    provider_url: card.providerUrl,
    html: card.html,
    width: card.width || (image?.width ?? 0),
    height: card.height || (image?.height ?? 0),
    image: image && imageUrl(image),
    image_description: card.imageDescription,
    embed_url: card.embedUrl,
    blurhash: image?.blurhash ?? null,
    published_at: card.publishedAt && new Date(card.publishedAt).toISOString(),
    authors: account || name ? [{ name, url: account?.url ?? authorUrl, account }] : [],
    ...(viewerId ? { missing_attribution: card.creatorId === viewerId && !card.isAttributed } : {}),
  }
}

const imageUrl = ({ id, previewKey, remoteUrl }: PreviewImage): string | null =>
  previewKey ? fileUrl(previewKey) : remoteUrl ? proxyUrl(id, 'small') : null

/** The accounts that cards name: those of `known`, and the others by one query more, when there are any. */
export async function creatorsOf(
  ctx: Ctx,
  shown: Iterable<{ card: PreviewCard | null }>,
  known: ReadonlyMap<Id, AccountJson>,
): Promise<ReadonlyMap<Id, AccountJson>> {
  const named = [...shown].flatMap(({ card }) => (card?.isAttributed && card.creatorId) || [])
  const missing = named.filter((id) => !known.has(id))
  return missing.length > 0 ? new Map([...known, ...(await accountsJsonById(ctx, missing))]) : known
}
