import { z } from 'zod'
import type { Ctx } from '#core/ctx'
import { homeFeed } from '#core/timelines/home-feed'
import { listFeed } from '#core/timelines/list-feed'
import type { PostPage } from '#core/timelines/read-feed'
import { publicTimeline, tagTimeline } from '#core/timelines/timeline.queries'
import type { Page } from '../answers.ts'
import { bool, cursors, id, texts } from '../input.ts'
import { routes } from '../routes.ts'
import { keptPage } from '../serializers/kept-pages.ts'

const page = cursors(20, 40)
const narrowing = { local: bool(), remote: bool(), only_media: bool() }
const tag = z.looseObject({
  hashtag: z.string(),
  any: texts(),
  all: texts(),
  none: texts(),
  ...narrowing,
  ...page,
})

/** Timelines link on from every page that is not empty (PAGE-11), by what was found before anything was left out. */
const show = (ctx: Ctx, { ids, cursors: found }: PostPage): Promise<Page> => keptPage(ctx, ids, found)
const showAll = (ctx: Ctx, ids: string[]): Promise<Page> => show(ctx, { ids, cursors: ids })

export default routes('/api/v1/timelines', (r) => {
  r.get('/home', { scopes: ['read:statuses'], input: z.looseObject(page) }, async (ctx, at) =>
    show(ctx, await homeFeed(ctx, at)),
  )
  r.get(
    '/list/:list_id',
    { scopes: ['read:lists'], input: z.looseObject({ list_id: id(), ...page }) },
    async (ctx, { list_id: listId, ...at }) => show(ctx, await listFeed(ctx, listId, at)),
  )
  r.get(
    '/public',
    { access: 'optional', scopes: ['read:statuses'], input: z.looseObject({ ...narrowing, ...page }) },
    async (ctx, { only_media: onlyMedia, ...rest }) =>
      showAll(ctx, await publicTimeline(ctx, { ...rest, onlyMedia }, rest)),
  )
  r.get(
    '/tag/:hashtag',
    { access: 'optional', scopes: ['read:statuses'], input: tag },
    async (ctx, { hashtag, any, all, none, only_media: onlyMedia, ...rest }) =>
      showAll(ctx, await tagTimeline(ctx, { tag: hashtag, any, all, none }, { ...rest, onlyMedia }, rest)),
  )
})
