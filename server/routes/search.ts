import { z } from 'zod'
import type { Ctx } from '#core/ctx'
import { search, type SearchKind } from '#core/search/search'
import { bool, maybeId, text } from '../input.ts'
import { Refused } from '../middleware/answer-errors.ts'
import { takeLimit } from '../middleware/rate-limits.ts'
import { type Handler, routes } from '../routes.ts'
import { accountsJson } from '../serializers/account.ts'
import { statusesJson } from '../serializers/status.ts'
import { tagsJson } from '../serializers/tag.ts'

const MOST = 40
const USUAL = 20

/** A number that must not be negative (PAGE-19). */
const count = (usual: number) =>
  text().transform((value) => {
    const parsed = value === undefined || value === '' ? usual : Number.parseInt(value, 10)
    if (parsed < 0) throw new Refused(400, 'A limit or offset cannot be negative')
    return Number.isNaN(parsed) ? 0 : parsed
  })

const input = z.looseObject({
  q: z.string(),
  type: z.enum(['accounts', 'statuses', 'hashtags']).optional().catch(undefined),
  resolve: bool(),
  following: bool(),
  account_id: maybeId(),
  min_id: maybeId(),
  max_id: maybeId(),
  exclude_unreviewed: bool(),
  limit: count(USUAL),
  offset: count(0),
})

const find: Handler<z.output<typeof input>> = async (ctx, asked) => {
  // Both cost more than a look at what is here (SRCH-03).
  const isCostly = asked.resolve === true || asked.offset > 0
  if (isCostly && ctx.actor.kind !== 'person')
    throw new Refused(401, 'Search queries that resolve or page need a user')
  if (asked.resolve && ctx.actor.kind === 'person' && leadsAway(asked.q))
    await takeLimit('resolves', ctx.actor.userId)
  const found = await search(ctx, {
    query: asked.q,
    kind: asked.type as SearchKind | undefined,
    limit: Math.min(asked.limit, MOST),
    offset: asked.type ? asked.offset : 0,
    resolve: asked.resolve ?? false,
    following: asked.following ?? false,
    narrowing: { accountId: asked.account_id, minId: asked.min_id, maxId: asked.max_id },
    onlyReviewed: asked.exclude_unreviewed ?? false,
  })
  return answer(ctx, found)
}

/** Only addresses and handles are looked up elsewhere. */
const leadsAway = (query: string): boolean => /^https?:\/\/|@[^@\s]+\.|@[^@\s]+@/i.test(query.trim())

async function answer(ctx: Ctx, { accountIds, postIds, hashtags }: Awaited<ReturnType<typeof search>>) {
  const [accounts, statuses, tags] = await Promise.all([
    accountsJson(
      ctx,
      accountIds.map((id) => ({ id })),
    ),
    statusesJson(ctx, postIds),
    tagsJson(ctx, hashtags),
  ])
  return { accounts, statuses, hashtags: tags, collections: [] }
}

export default routes('/api/v2/search', (r) => {
  r.get('/', { access: 'optional', scopes: ['read:search'], input, missing: 400, answers: 'Search' }, find)
})
