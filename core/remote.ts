import type { Id } from '#platform/ids'
import type { Ctx } from './ctx.ts'

/**
 * The one port of the core: finding accounts and posts that live on other servers. What is found is stored; the
 * answer is the id of the stored row, or undefined when it does not exist, may not be had, or its server does not answer.
 */
export type Remote = {
  /** By handle: `user@domain`. */
  findAccount(ctx: Ctx, handle: { username: string; domain: string }): Promise<Id | undefined>
  /** By ActivityPub id or profile address. */
  findAccountAt(ctx: Ctx, url: string): Promise<Id | undefined>
  /** By ActivityPub id or page address. */
  findPostAt(ctx: Ctx, url: string): Promise<Id | undefined>
  /** Whatever is there. */
  findAt(ctx: Ctx, url: string): Promise<{ accountId: Id } | { postId: Id } | undefined>
}

/** A world without other servers. */
export const nowhere: Remote = {
  findAccount: async () => undefined,
  findAccountAt: async () => undefined,
  findPostAt: async () => undefined,
  findAt: async () => undefined,
}
