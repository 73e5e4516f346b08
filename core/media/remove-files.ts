import type { Ctx } from '../ctx.ts'
import type { Facts } from '#platform/facts'
import { openStore } from '#platform/storage'

/** Removes discarded files from the store. Harmless to repeat. Throws Unavailable when the store is away. */
export async function removeFiles(_ctx: Ctx, { keys }: Facts['media.discarded']): Promise<void> {
  await (await openStore()).remove(keys)
}
