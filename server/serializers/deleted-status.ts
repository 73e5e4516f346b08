import type { Ctx } from '#core/ctx'
import { postBodies } from '#core/posts/post.queries'
import { NotFound } from '#platform/errors'
import type { Id } from '#platform/ids'
import { statusJson } from './status.ts'

/** A post that is about to be deleted: with what was typed instead of HTML, to write it again (STAT-19). Throws NotFound. */
export async function deletedStatusJson(ctx: Ctx, id: Id) {
  const [{ content: _, ...json }, [body]] = await Promise.all([statusJson(ctx, id), postBodies(ctx, [id])])
  if (!body) throw new NotFound()
  return { ...json, text: body.text }
}
