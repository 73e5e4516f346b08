import { resolveAccount } from '../accounts/resolve-account.ts'
import type { Ctx } from '../ctx.ts'
import { inSeconds } from '#platform/clock'
import { row } from '#platform/db'
import { NotFound } from '#platform/errors'
import { FetchFailed } from '#platform/http-errors'
import { emit } from '#platform/facts'
import { log } from '#platform/log'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { askPage, type Page } from './ask-page.ts'
import { mirrorImage } from './mirror-image.ts'
import { Preview } from './preview.model.ts'

const HOUR = 3600
const DAY = 24 * HOUR

/**
 * Asks a page what it is and keeps the answer for a day; a failure for an hour at first, doubling to a day. Does
 * nothing before that is over, so a repeat asks nobody. Throws what is a fault of ours, or of the store.
 */
export async function fetchPreview(ctx: Ctx, { previewId }: { previewId: Id }): Promise<void> {
  const due = await row<{ url: string }>(
    ctx,
    `SELECT url FROM previews WHERE id = $1 AND (state = 'waiting' OR due_at <= now())`,
    [previewId],
  )
  if (!due) return
  try {
    const page = await askPage(due.url)
    if (!page.facts.title && !page.player?.title)
      throw new FetchFailed('document', due.url, 'it has no title')
    await keep(ctx, previewId, page)
  } catch (error) {
    if (!(error instanceof FetchFailed)) throw error
    log.debug({ url: due.url, problem: error.problem, detail: error.detail }, 'a page gave no preview')
    await keepFailure(ctx, previewId)
  }
}

async function keep(ctx: Ctx, id: Id, page: Page): Promise<void> {
  const found = await Preview.findByPk(id, { rejectOnEmpty: true })
  const columns = columnsOf(page)
  const mediumId = await mirrorImage(ctx, found.mediumId, page.player?.thumbnailUrl ?? page.facts.imageUrl)
  const creatorId = await creatorOf(ctx, page)
  await transact(ctx, async (ctx) => {
    const before = found.state === 'ready' ? found.toJSON() : undefined
    await found.update(
      { ...columns, mediumId, creatorId, state: 'ready', failures: 0, dueAt: inSeconds(DAY) },
      { transaction: ctx.tx },
    )
    const isSame =
      before && JSON.stringify({ ...found.toJSON(), dueAt: before.dueAt }) === JSON.stringify(before)
    if (!isSame) await emit(ctx, 'preview.ready', { previewId: id })
  })
}

function columnsOf({ facts, player }: Page) {
  return {
    kind: player?.kind ?? ('link' as const),
    title: facts.title || (player?.title ?? ''),
    description: facts.description,
    language: facts.language,
    authorName: player?.authorName || facts.authorName,
    authorUrl: player?.authorUrl || facts.authorUrl,
    providerName: player?.providerName || facts.providerName,
    providerUrl: player?.providerUrl ?? '',
    html: player?.html ?? '',
    embedUrl: player?.embedUrl ?? '',
    width: player?.width ?? 0,
    height: player?.height ?? 0,
    imageDescription: facts.imageDescription,
    publishedAt: facts.publishedAt,
  }
}

/** Whom the page names as its author, if there is such an account; whether they agree is asked when it is shown. */
async function creatorOf(ctx: Ctx, { facts }: Page): Promise<Id | null> {
  if (!facts.creator) return null
  return resolveAccount(ctx, { acct: facts.creator }).catch((error: unknown) => {
    if (error instanceof NotFound) return null
    throw error
  })
}

const keepFailure = (ctx: Ctx, id: Id): Promise<unknown> =>
  row(
    ctx,
    `UPDATE previews SET state = CASE state WHEN 'ready' THEN 'ready' ELSE 'failed' END, failures = failures + 1,
       due_at = now() + least(interval '1 hour' * power(2, least(failures, 6)), interval '1 day')
     WHERE id = $1 RETURNING id`,
    [id],
  )
