import type { Ctx } from '../ctx.ts'
import type { Id } from '#platform/ids'
import type { PostQuery } from './engines/engine.ts'
import { postgresEngine } from './engines/postgres.ts'

/** Asks the index: the newest posts that fit, newest first. */
export const findInIndex = (ctx: Pick<Ctx, 'tx'>, query: PostQuery): Promise<Id[]> =>
  postgresEngine.find(ctx, query)
