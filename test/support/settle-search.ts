import { postsIndex } from '#core/search/engines/elastic'
import { rows } from '#platform/db'
import { searchClient } from '#platform/search-client'
import { settle } from './settle.ts'

/**
 * Does all owed work, so that search knows of it. With TEST_ELASTICSEARCH_URL set, the same tests ask that server: what it
 * was told is findable then, and counts as all there is.
 */
export async function settleSearch(): Promise<void> {
  await settle()
  const client = searchClient()
  if (!client) return
  await client.refresh(postsIndex)
  await rows(
    {},
    `INSERT INTO search_builds (engine) VALUES ('elasticsearch') ON CONFLICT (engine) DO UPDATE SET next_id = NULL`,
  )
}
