import type { z } from 'zod'
import { accountIdOf } from '#core/actor'
import { findAccount } from '#core/accounts/find-account'
import { type CollectionCard, collectionsOf, collectionsWith } from '#core/collections/collection.queries'
import type { Ctx } from '#core/ctx'
import { Forbidden } from '#platform/errors'
import { Answer } from '../answers.ts'
import { collectionPage, withinPage } from '../input/collection.ts'
import { type Call, type Handler, routes } from '../routes.ts'
import { collectionJson } from '../serializers/collection.ts'

type Asked = z.output<typeof collectionPage>
type Part = { limit: number; offset: number }

/** A page with links by offset, on only while more follow (PAGE-18): one more than a page is asked for to know. */
async function paged(
  find: (part: Part) => Promise<CollectionCard[]>,
  { limit, offset }: Part,
  { url }: Call,
) {
  const found = await find({ limit: limit + 1, offset })
  const link = (rel: string, at: number): string => {
    const target = new URL(url)
    target.searchParams.set('offset', String(at))
    return `<${target.href}>; rel="${rel}"`
  }
  const links = [
    ...(limit > 0 && found.length > limit ? [link('next', offset + limit)] : []),
    ...(offset > 0 && found.length > 0 ? [link('prev', Math.max(0, offset - limit))] : []),
  ]
  const collections = found.slice(0, limit).map(collectionJson)
  return new Answer(200, { collections }, links.length > 0 ? { Link: links.join(', ') } : {})
}

const list: Handler<Asked> = async (ctx, { account_id: id, ...part }, call) => {
  await findAccount(ctx, { id })
  return paged((at) => collectionsOf(ctx, id, at), part, call)
}

const listWith: Handler<Asked> = async (ctx: Ctx, { account_id: id, ...part }, call) => {
  if (accountIdOf(ctx.actor) !== id) throw new Forbidden()
  return paged((at) => collectionsWith(ctx, id, at), part, call)
}

/** The collections of an account, and those that oneself is in (COLL-05, COLL-06). */
export default routes('/api', (r) => {
  for (const [version, old] of [
    ['/v1', {}],
    ['/v1_alpha', { deprecated: 1_781_049_600 }],
  ] as const) {
    const read = { scopes: ['read:collections'], input: collectionPage, answers: 'Collections', ...old }
    r.get(`${version}/accounts/:account_id/collections`, { access: 'optional', ...read }, list)
    r.get(`${version}/accounts/:account_id/in_collections`, { ...read, input: withinPage }, listWith)
  }
})
