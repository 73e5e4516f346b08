import type { Json } from '#federation/properties'
import { rows } from '#platform/db'

/** What was written for other servers, of one type or of all, in the order in which it was written. */
export const sentActivities = async (type?: string): Promise<Json[]> =>
  (await rows<{ body: string }>({}, 'SELECT body FROM outgoing_activities ORDER BY id'))
    .map(({ body }) => JSON.parse(body) as Json)
    .filter((activity) => type === undefined || activity.type === type)
