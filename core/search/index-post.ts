import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { gather } from '#platform/gather'
import { oweOne } from '#platform/owed-work'
import { transact } from '#platform/transact'
import { postDocuments } from './documents/post.ts'
import { elasticEngine } from './engines/elastic.ts'
import { postgresEngine } from './engines/postgres.ts'

/**
 * Puts a post into the index as it is now, and owes it to the search server if there is one. A repeat changes nothing; a
 * post that is gone leaves by itself.
 */
export async function indexPost(ctx: Ctx, { postId }: { postId: Id }): Promise<void> {
  await write(postId)
  if (elasticEngine()) await transact(ctx, (ctx) => oweOne(ctx, { kind: 'index', payload: { postId } }))
}

const write = gather<Id>(30, async (ids) => postgresEngine.write({}, await postDocuments({}, ids)))
