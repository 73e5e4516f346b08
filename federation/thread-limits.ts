import type { Id } from '#platform/ids'
import { RateLimit } from '#platform/rate-limit'
import { sharedMarks } from './shared-marks.ts'

/** Documents of one thread that are fetched in an hour, whoever asks. */
export const MOST_OF_THREAD = 200
const HOUR = 3600

const below = new RateLimit({ name: 'thread-replies', points: MOST_OF_THREAD, seconds: HOUR })

/** May so many documents more be fetched below a thread? They count when they may. */
export async function mayReadBelow(threadId: Id, documents = 1): Promise<boolean> {
  for (let at = 0; at < documents; at += 1) if ((await below.use(threadId)).isOver) return false
  return true
}

const name = (uri: string) => `above ${uri}`

/** How many documents were fetched within the hour of the chain of parents that goes on at this address. */
export const readAbove = async (uri: string): Promise<number> =>
  Number((await sharedMarks.recall(name(uri))) ?? 0)

/** Notes that at this address the chain goes on of which so many documents were fetched. */
export const noteAbove = (uri: string, documents: number): Promise<void> =>
  sharedMarks.remember(name(uri), String(documents), HOUR * 1000)
