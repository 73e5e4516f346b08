import type { Id } from '#platform/ids'
import type { PreviewKind } from './preview.model.ts'

/** Everything that showing a card needs; times are texts, as JSON has them. */
export type PreviewCard = {
  url: string
  kind: PreviewKind
  title: string
  description: string
  language: string | null
  authorName: string
  authorUrl: string
  providerName: string
  providerUrl: string
  html: string
  embedUrl: string
  width: number
  height: number
  imageDescription: string
  publishedAt: string | null
  image: PreviewImage | null
  /** The account that the page names as its author. */
  creatorId: Id | null
  /** Has that account said that this site may? */
  isAttributed: boolean
}

export type PreviewImage = {
  id: Id
  previewKey: string | null
  remoteUrl: string | null
  blurhash: string | null
  width: number | null
  height: number | null
}

const image = `CASE WHEN vm.id IS NOT NULL THEN jsonb_build_object('id', vm.id::text, 'previewKey', vm.preview_key,
  'remoteUrl', vm.remote_url, 'blurhash', vm.blurhash, 'width', vm.meta->'small'->'width',
  'height', vm.meta->'small'->'height') END`

/** A preview of the alias `v` with its joins as a PreviewCard. */
export const previewCard = `jsonb_build_object('url', v.url, 'kind', v.kind, 'title', v.title,
  'description', v.description, 'language', v.language, 'authorName', v.author_name, 'authorUrl', v.author_url,
  'providerName', v.provider_name, 'providerUrl', v.provider_url, 'html', v.html, 'embedUrl', v.embed_url,
  'width', v.width, 'height', v.height, 'imageDescription', v.image_description, 'publishedAt', v.published_at,
  'image', ${image}, 'creatorId', v.creator_id::text,
  'isAttributed', coalesce((SELECT bool_or(host = site OR host LIKE '%.' || site)
    FROM unnest(va.attribution_domains) AS site), false))`

/** The joins of a preview `v` that `previewCard` needs. */
export const previewJoins = `LEFT JOIN media AS vm ON vm.id = v.medium_id
  LEFT JOIN accounts AS va ON va.id = v.creator_id AND va.gone_at IS NULL AND va.suspended_at IS NULL
  CROSS JOIN LATERAL (SELECT lower(substring(v.url FROM '^https?://([^/:?#]+)')) AS host) AS vh`

/** The card of the post `p` as an expression in SQL; null while it has none. */
export const cardOfPost = `(SELECT ${previewCard} FROM post_previews AS pp JOIN previews AS v ON v.id = pp.preview_id
  ${previewJoins} WHERE pp.post_id = p.id AND v.state = 'ready')`
