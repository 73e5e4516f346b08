import type { Ctx } from '../../ctx.ts'
import type { Id } from '#platform/ids'
import type { PostDocument } from '../documents/post.ts'

/**
 * Something that a post must have, or must not: words that stand together in this order, or one of the stems, or a
 * property.
 */
export type Term = { isNot: boolean } & ({ words: string[]; stems: string[] } | { property: string })

/** Where to look: what the reader has to do with, what every member may find, or both. */
export type Scope = 'library' | 'public' | 'all'

/** What an engine looks for. Bounds are ids, both outside of what is wanted. */
export type PostQuery = {
  readerId: Id
  terms: Term[]
  scope: Scope
  below: Id
  above: Id
  limit: number
}

/**
 * An index of posts. `find` gives the newest that fit, newest first; what it gives is a guess that the database confirms,
 * for an index may be behind.
 */
export type Engine = {
  write(ctx: Pick<Ctx, 'tx'>, documents: readonly PostDocument[]): Promise<void>
  find(ctx: Pick<Ctx, 'tx'>, query: PostQuery): Promise<Id[]>
}
