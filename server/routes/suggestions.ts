import { z } from 'zod'
import { actingId } from '#core/actor'
import type { Ctx } from '#core/ctx'
import { dismissSuggestion } from '#core/discovery/dismiss-suggestion'
import { type Suggestion, suggestionsFor } from '#core/discovery/suggestion.queries'
import { id, limit, number } from '../input.ts'
import { routes } from '../routes.ts'
import { suggestionsJson } from '../serializers/suggestion.ts'

const page = z.looseObject({ limit: limit(40, 80), offset: number() })
const read = { scopes: ['read:accounts'], input: page }

const find = (ctx: Ctx, { limit, offset = 0 }: z.output<typeof page>): Promise<Suggestion[]> =>
  suggestionsFor(ctx, actingId(ctx), { limit, offset: Math.max(0, Math.trunc(offset) || 0) })

/** Whom a member may like to follow (ACCT-42). */
export default routes('/api', (r) => {
  r.get('/v2/suggestions', { ...read, answers: 'Array<Suggestion>' }, async (ctx, page) =>
    suggestionsJson(ctx, await find(ctx, page)),
  )
  r.get(
    '/v1/suggestions',
    { ...read, answers: 'Array<Account>', deprecated: 1_621_123_200 },
    async (ctx, page) => {
      const found = await suggestionsJson(ctx, await find(ctx, page))
      return found.map(({ account }) => account)
    },
  )
  r.delete(
    '/v1/suggestions/:account_id',
    { scopes: ['write:accounts'], input: z.looseObject({ account_id: id() }), answers: 'Empty' },
    (ctx, { account_id: accountId }) => dismissSuggestion(ctx, { accountId }),
  )
})
