import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import { dropFeeds, homeKey } from './feed-store.ts'

/** Forgets the home of somebody who follows other hashtags now (MISC-06); it is built anew when it is read. */
export async function forgetHome(_ctx: Ctx, { accountId }: { accountId: Id }): Promise<void> {
  await dropFeeds([homeKey(accountId)])
}
