import { isOurs } from '../addresses.ts'
import type { Ctx, TxCtx } from '../ctx.ts'
import { glance } from '../glance.ts'
import { findHtmlLinks } from '../text/find-html-links.ts'
import { inSeconds, now } from '#platform/clock'
import { row, rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { oweOne } from '#platform/owed-work'
import { transact } from '#platform/transact'
import type { PreviewState } from './preview.model.ts'
import './preview.facts.ts'

const LONGEST = 2048
const PAUSE = 60

type Linking = { html: string; preview_id: Id | null; quoted: string[] }

// What a post quotes is shown as the quoted post.
const linking = `SELECT p.html, pp.preview_id, ARRAY(SELECT unnest(ARRAY[q.quoted_uri, o.uri, o.url])
    FROM quotes AS q LEFT JOIN posts AS o ON o.id = q.quoted_id WHERE q.post_id = p.id) AS quoted
  FROM posts AS p LEFT JOIN post_previews AS pp ON pp.post_id = p.id WHERE p.id = $1`

type Asked = { id: Id; state: PreviewState; due_at: Date }

/**
 * Says which page a post is shown with: the first that its text links to, which is no mention, hashtag or page of ours
 * (STAT-31, federation rule 111). A page nobody linked to before, or not lately, is asked within a minute, once for all
 * posts that link to it. A repeat changes nothing.
 */
export async function linkPreview(
  ctx: Ctx,
  { postId, authorId }: { postId: Id; authorId: Id },
): Promise<void> {
  const seen = await glance(postId)
  if (!seen || !(seen.hasPreview || linkIn({ html: seen.html, quoted: [] }))) return
  await transact(ctx, async (ctx) => {
    const post = await row<Linking>(ctx, `${linking} FOR NO KEY UPDATE OF p`, [postId])
    if (!post) return
    const url = linkIn(post)
    const preview = url ? await previewOf(ctx, url) : undefined
    if (preview) await askAgain(ctx, preview)
    if (preview?.id === (post.preview_id ?? undefined)) return
    if (preview)
      await rows(
        ctx,
        `INSERT INTO post_previews (post_id, preview_id) VALUES ($1, $2)
         ON CONFLICT (post_id) DO UPDATE SET preview_id = excluded.preview_id`,
        [postId, preview.id],
      )
    else await rows(ctx, 'DELETE FROM post_previews WHERE post_id = $1', [postId])
    if (preview?.state !== 'ready' && !post.preview_id) return
    await rows(ctx, 'UPDATE posts SET version = version + 1 WHERE id = $1', [postId])
    await emit(ctx, 'preview.shown', { postId, authorId })
  })
}

function linkIn({ html, quoted }: Pick<Linking, 'html' | 'quoted'>): string | undefined {
  const found = findHtmlLinks(html).find((url) => !isOurs(url) && !quoted.includes(url))
  const url = found === undefined ? null : URL.parse(found)
  if (!url || url.username || url.password) return undefined
  url.hash = ''
  return url.href.length <= LONGEST ? url.href : undefined
}

async function previewOf(ctx: TxCtx, url: string): Promise<Asked | undefined> {
  await rows(ctx, 'INSERT INTO previews (url) VALUES ($1) ON CONFLICT (url) DO NOTHING', [url])
  return row<Asked>(ctx, 'SELECT id, state, due_at FROM previews WHERE url = $1', [url])
}

/** Others who are asked by the same post at the same moment are given time: each server waits for another while. */
async function askAgain(ctx: TxCtx, { id, state, due_at: dueAt }: Asked): Promise<void> {
  if (state !== 'waiting' && dueAt > now()) return
  const soon = inSeconds(1 + Math.random() * (PAUSE - 1))
  await oweOne(ctx, { kind: 'preview', key: `preview ${id}`, payload: { previewId: id }, dueAt: soon })
}
