import type { Ctx } from '../ctx.ts'
import { Medium } from './medium.model.ts'
import type { Id } from '#platform/ids'

/** Says what an avatar or a header shows; blank takes that away. */
export async function describePicture(
  ctx: Ctx,
  { id, description }: { id: Id; description: string },
): Promise<void> {
  await Medium.update({ description: description || null }, { where: { id }, transaction: ctx.tx ?? null })
}
