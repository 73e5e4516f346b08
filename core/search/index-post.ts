import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { postDocuments } from './documents/post.ts'
import { postgresEngine } from './engines/postgres.ts'

/** Puts a post into the index as it is now. A repeat changes nothing; a post that is gone has left by itself. */
export async function indexPost(ctx: Ctx, { postId }: { postId: Id }): Promise<void> {
  await postgresEngine.write(ctx, await postDocuments(ctx, [postId]))
}
