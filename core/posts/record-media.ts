import type { TxCtx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { MediumMeta } from '../media/medium.model.ts'
import type { RemoteAttachment } from './post-draft.ts'
import type { Post } from './post.model.ts'

type Owner = Pick<Post, 'id' | 'authorId'>

/** Writes the attachments of a post of another server: what is known of them, not the files (MEDIA-13). */
export async function recordAttachments(
  ctx: TxCtx,
  post: Owner,
  attachments: readonly (RemoteAttachment & { position?: number })[],
): Promise<void> {
  if (attachments.length === 0) return
  const written = attachments.map((each, at) => ({
    position: each.position ?? at,
    kind: each.kind,
    mime_type: each.mimeType,
    remote_url: each.url,
    remote_preview_url: each.previewUrl,
    description: each.description,
    focus_x: each.focus?.x,
    focus_y: each.focus?.y,
    blurhash: each.blurhash,
    meta: metaOf(each),
  }))
  await rows(
    ctx,
    `INSERT INTO media (owner_id, post_id, state, position, kind, mime_type, remote_url, remote_preview_url, description,
       focus_x, focus_y, blurhash, meta)
     SELECT $1, $2, 'remote', w.* FROM jsonb_to_recordset($3::jsonb) AS w (position smallint, kind text, mime_type text,
       remote_url text, remote_preview_url text, description text, focus_x real, focus_y real, blurhash text, meta jsonb)`,
    [post.authorId, post.id, JSON.stringify(written)],
  )
}

function metaOf({ width, height, duration }: RemoteAttachment): MediumMeta {
  const size = width && height ? { width, height } : {}
  const original = { ...size, ...(duration ? { duration } : {}) }
  return Object.keys(original).length > 0 ? { original } : {}
}
