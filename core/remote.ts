import type { Id } from '#platform/ids'
import type { Actor } from './actor.ts'

/** Who asks; a fetch never reveals them (federation rule 113). */
export type Asking = { actor: Actor }

/**
 * The one port of the core: finding accounts and posts that live on other servers. What is found is stored; the
 * answer is the id of the stored row, or undefined when it does not exist, may not be had, or its server does not answer.
 */
export type Remote = {
  /** By handle: `user@domain`. What is stored does when it is a day old at most, unless it is wanted `anew`. */
  findAccount(
    ctx: Asking,
    handle: { username: string; domain: string },
    options?: { anew: boolean },
  ): Promise<Id | undefined>
  /** By ActivityPub id or profile address. */
  findAccountAt(ctx: Asking, url: string): Promise<Id | undefined>
  /** By ActivityPub id or page address. */
  findPostAt(ctx: Asking, url: string): Promise<Id | undefined>
  /** Whatever is there. */
  findAt(ctx: Asking, url: string): Promise<{ accountId: Id } | { postId: Id } | undefined>
  /** How far one gets with an address or handle, stage by stage. Asks the other server anew; stores nothing. */
  trace(text: string): Promise<Stage[]>
}

/**
 * How one stage of finding something elsewhere went, in a sentence, and what to do about it. After the first that stops, later
 * ones are not reached.
 */
export type Stage = {
  stage: string
  verdict: 'ok' | 'look' | 'stops here' | 'not reached'
  says: string
  advice?: string
}

/** A world without other servers. */
export const nowhere: Remote = {
  findAccount: async () => undefined,
  findAccountAt: async () => undefined,
  findPostAt: async () => undefined,
  findAt: async () => undefined,
  trace: async () => [],
}
