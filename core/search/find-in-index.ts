import type { Ctx } from '../ctx.ts'
import { Unavailable } from '#platform/errors'
import type { Id } from '#platform/ids'
import { log } from '#platform/log'
import { nextToBuild } from './builds.ts'
import { elasticEngine } from './engines/elastic.ts'
import type { PostQuery } from './engines/engine.ts'
import { postgresEngine } from './engines/postgres.ts'

/** Whoever did not answer is not asked again for so long. */
const PAUSE = 30_000
let awayUntil = 0

/**
 * Asks the index: the newest posts that fit, newest first. Asks the search server when there is one that knows all posts
 * and answers, else PostgreSQL.
 */
export async function findInIndex(ctx: Pick<Ctx, 'tx'>, query: PostQuery): Promise<Id[]> {
  const elastic = elasticEngine()
  if (!elastic || Date.now() < awayUntil || (await nextToBuild(ctx, 'elasticsearch')) !== null)
    return postgresEngine.find(ctx, query)
  try {
    return await elastic.find(ctx, query)
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    awayUntil = Date.now() + PAUSE
    log.warn({ error: error.message }, 'the search server is away; PostgreSQL searches instead')
    return postgresEngine.find(ctx, query)
  }
}
