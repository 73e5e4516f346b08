import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { postDocuments } from './documents/post.ts'
import { elasticEngine } from './engines/elastic.ts'

/** Tells the search server of a post as it is now, or that it is gone. Throws Unavailable while the server is away. */
export async function indexElsewhere(ctx: Ctx, { postId }: { postId: Id }): Promise<void> {
  const engine = elasticEngine()
  if (!engine) return
  const documents = await postDocuments(ctx, [postId])
  if (documents.length > 0) await engine.write(ctx, documents)
  else await engine.remove(ctx, [postId])
}
