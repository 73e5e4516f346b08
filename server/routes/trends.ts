import { z } from 'zod'
import { trendingLinks, type TrendPage, trendingPosts, trendingTags } from '#core/trends/trend.queries'
import type { Ctx } from '#core/ctx'
import { Answer } from '../answers.ts'
import { limit, number } from '../input.ts'
import { type Call, type Handler, routes } from '../routes.ts'
import { statusesJson } from '../serializers/status.ts'
import { tagsJson } from '../serializers/tag.ts'
import { trendingLinksJson } from '../serializers/trending-link.ts'

const page = (usual: number, most: number) =>
  z.looseObject({
    limit: limit(usual, most),
    offset: number().transform((value) => Math.min(Math.max(0, Math.trunc(value ?? 0) || 0), 10_000)),
  })

const few = page(10, 20)
const more = page(20, 40)

/** A page with links by offset: on while there may be more, back while there was something before (PAGE-18). */
function paged(items: object[], { limit, offset }: TrendPage, { url }: Call): Answer {
  const link = (rel: string, at: number): string => {
    const target = new URL(url)
    target.searchParams.set('offset', String(at))
    return `<${target.href}>; rel="${rel}"`
  }
  const links = [
    ...(limit > 0 && items.length === limit ? [link('next', offset + limit)] : []),
    ...(offset > 0 ? [link('prev', Math.max(0, offset - limit))] : []),
  ]
  return new Answer(200, items, links.length > 0 ? { Link: links.join(', ') } : {})
}

const tags: Handler<z.output<typeof few>> = async (ctx, at, call) =>
  paged(await tagsJson(ctx, await trendingTags(ctx, at)), at, call)

const show =
  (find: (ctx: Ctx, at: TrendPage) => Promise<object[]>): Handler<TrendPage> =>
  async (ctx, at, call) =>
    paged(await find(ctx, at), at, call)

/** What is talked about (MISC-11). */
export default routes('/api/v1/trends', (r) => {
  r.get('/', { access: 'optional', input: few, answers: 'Array<Tag>', deprecated: 1_648_598_400 }, tags)
  r.get('/tags', { access: 'optional', input: few, answers: 'Array<Tag>' }, tags)
  r.get(
    '/statuses',
    { access: 'optional', input: more, answers: 'Array<Status>' },
    show(async (ctx, at) => statusesJson(ctx, await trendingPosts(ctx, at))),
  )
  r.get(
    '/links',
    { access: 'optional', input: few, answers: 'Array<Trends::Link>' },
    show(async (ctx, at) => trendingLinksJson(ctx, await trendingLinks(ctx, at))),
  )
})
