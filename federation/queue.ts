import Bull from 'bull'
import { log } from '#platform/log'
import { onOwed } from '#platform/owed-work'
import { connectRedis } from '#platform/redis'

/**
 * The doorbell: a Bull job tells the workers at once that rows of owed work wait. The job carries their ids for
 * whoever looks into the queue; the rows are what counts, so a lost job costs the seconds until the next sweep.
 */
export type DoorbellJob = { kind: string; ids: string[] }

const NAME = 'kith-doorbell'

/** Opens the doorbell's queue. While Redis is away, ringing does nothing. */
export function openDoorbell(): { queue: Bull.Queue<DoorbellJob>; close(): Promise<void> } {
  const clients = new Map<string, ReturnType<typeof connectRedis>>()
  const open = (type: 'client' | 'subscriber' | 'bclient') => {
    const client = connectRedis({
      lazyConnect: false,
      maxRetriesPerRequest: null,
      enableReadyCheck: false,
      enableOfflineQueue: true,
    })
    if (type !== 'bclient') clients.set(type, client)
    // Bull is typed for an older ioredis; the two speak the same commands (docs/decisions).
    return client as unknown as ReturnType<NonNullable<Bull.QueueOptions['createClient']>>
  }
  const queue = new Bull<DoorbellJob>(NAME, {
    createClient: (type) => (clients.get(type) as unknown as ReturnType<typeof open>) ?? open(type),
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true, attempts: 1 },
  })
  queue.on('error', (error) => log.debug({ error: error.message }, 'the doorbell is out of order'))
  const stopRinging = ringOn(queue, () => clients.get('client')?.status === 'ready')
  return {
    queue,
    close: async () => {
      stopRinging()
      await queue.close(true)
    },
  }
}

// Rings of one moment are gathered, so that a burst of commits costs one job for each kind.
function ringOn(queue: Bull.Queue<DoorbellJob>, isReady: () => boolean): () => void {
  const waiting = new Map<string, string[]>()
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    timer = undefined
    const jobs = [...waiting].map(([kind, ids]) => ({ data: { kind, ids } }))
    waiting.clear()
    if (!isReady()) return
    queue
      .addBulk(jobs)
      .catch((error: Error) => log.debug({ error: error.message }, 'the doorbell did not ring'))
  }
  onOwed((rows) => {
    for (const { id, kind } of rows) waiting.set(kind, [...(waiting.get(kind) ?? []), id])
    timer ??= setTimeout(flush, 2)
  })
  return () => {
    clearTimeout(timer)
    onOwed(() => {})
  }
}
