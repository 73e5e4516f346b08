import { z } from 'zod'
import type { Ctx } from '#core/ctx'
import { assertReadable } from '#core/timelines/feed-access'
import { linkTimeline } from '#core/timelines/link-timeline.queries'
import { homeFeed } from '#core/timelines/home-feed'
import { listFeed } from '#core/timelines/list-feed'
import type { Cursors } from '#core/paging'
import type { Stretch } from '#core/posts/page-mark'
import type { FoundPage, PostPage } from '#core/timelines/read-feed'
import {
  type Narrowing,
  publicStretch,
  publicTimeline,
  type TagQuery,
  tagTimeline,
} from '#core/timelines/timeline.queries'
import { trendingLinkAt } from '#core/trends/trend.queries'
import { NotFound } from '#platform/errors'
import { Page } from '../answers.ts'
import { bool, cursors, id, texts } from '../input.ts'
import { routes } from '../routes.ts'
import { keep } from '../serializers/kept-pages.ts'
import { statusesJson } from '../serializers/status.ts'

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

/**
 * A page of posts, kept by `key`. Timelines link on from every page that is not empty (PAGE-11), by what was found before
 * anything was left out.
 */
async function show(
  ctx: Ctx,
  key: string,
  find: () => Promise<PostPage & { stretch?: Stretch | undefined; isFleeting?: boolean }>,
) {
  const { bytes, cursors } = await keep(ctx, key, async () => {
    const { ids, ...page } = await find()
    const statuses = await statusesJson(ctx, ids)
    return { json: statuses, statuses, ...page }
  })
  return new Page(bytes, cursors)
}

const spelt = ({ max_id, since_id, min_id, limit }: Cursors): string =>
  [max_id, since_id, min_id, limit].join()

/** A page of a feed is the same while the feed has the same entries there. */
async function showFeed(ctx: Ctx, cursors: Cursors, { entries, read }: FoundPage): Promise<Page> {
  if (entries) return show(ctx, `feed ${spelt(cursors)} ${entries.map(({ id }) => id).join()}`, read)
  const { ids, cursors: found } = await read()
  return new Page(await statusesJson(ctx, ids), found)
}

async function showPublic(ctx: Ctx, asked: Narrowing, cursors: Cursors): Promise<Page> {
  const narrowing = await assertReadable(ctx, 'live', asked)
  if (!narrowing) return new Page([], [])
  const { local, remote, onlyMedia } = narrowing
  return show(ctx, `public ${[local, remote, onlyMedia].join()} ${spelt(cursors)}`, async () => {
    const ids = await publicTimeline(ctx, narrowing, cursors)
    const stretch = publicStretch(narrowing, cursors, ids)
    return { ids, cursors: ids, stretch, isFleeting: !stretch }
  })
}

async function showTag(ctx: Ctx, asked: TagQuery, wanted: Narrowing, cursors: Cursors): Promise<Page> {
  const narrowing = await assertReadable(ctx, 'tags', wanted)
  if (!narrowing) return new Page([], [])
  const ids = await tagTimeline(ctx, asked, narrowing, cursors)
  return show(ctx, `posts ${ids.join()}`, () => Promise.resolve({ ids, cursors: ids }))
}

async function showLink(ctx: Ctx, url: string, cursors: Cursors): Promise<Page> {
  const narrowing = await assertReadable(ctx, 'tags', {})
  const previewId = await trendingLinkAt(ctx, url)
  if (!previewId) throw new NotFound()
  const ids = narrowing ? await linkTimeline(ctx, { previewId, narrowing, cursors }) : []
  return show(ctx, `posts ${ids.join()}`, () => Promise.resolve({ ids, cursors: ids }))
}

export default routes('/api/v1/timelines', (r) => {
  r.get(
    '/home',
    { scopes: ['read:statuses'], input: z.looseObject(page), answers: 'Array<Status>' },
    async (ctx, at) => showFeed(ctx, at, await homeFeed(ctx, at)),
  )
  r.get(
    '/list/:list_id',
    { scopes: ['read:lists'], input: z.looseObject({ list_id: id(), ...page }), answers: 'Array<Status>' },
    async (ctx, { list_id: listId, ...at }) => showFeed(ctx, at, await listFeed(ctx, listId, at)),
  )
  r.get(
    '/public',
    {
      access: 'optional',
      scopes: ['read:statuses'],
      input: z.looseObject({ ...narrowing, ...page }),
      answers: 'Array<Status>',
    },
    async (ctx, { only_media: onlyMedia, ...rest }) => showPublic(ctx, { ...rest, onlyMedia }, rest),
  )
  r.get(
    '/tag/:hashtag',
    { access: 'optional', scopes: ['read:statuses'], input: tag, answers: 'Array<Status>' },
    async (ctx, { hashtag, any, all, none, only_media: onlyMedia, ...rest }) =>
      showTag(ctx, { tag: hashtag, any, all, none }, { ...rest, onlyMedia }, rest),
  )
  r.get(
    '/link',
    {
      access: 'optional',
      scopes: ['read:statuses'],
      input: z.looseObject({ url: z.string(), ...page }),
      answers: 'Array<Status>',
    },
    async (ctx, { url, ...at }) => showLink(ctx, url, at),
  )
})
