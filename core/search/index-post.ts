import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { gather } from '#platform/gather'
import { isOutage } from '#platform/outage'
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

const write = gather<Id>(30, writeAll)

async function writeAll(ids: readonly Id[]): Promise<Map<Id, Error> | void> {
  try {
    await postgresEngine.write({}, await postDocuments({}, ids))
  } catch (error) {
    if (ids.length === 1 || isOutage(error)) throw error
    // One that cannot be written keeps no other one out.
    const ends = await Promise.allSettled(ids.map((id) => writeAll([id])))
    return new Map(
      ids.flatMap((id, at) => (ends[at]?.status === 'rejected' ? [[id, ends[at].reason as Error]] : [])),
    )
  }
}
