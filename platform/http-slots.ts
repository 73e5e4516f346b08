/** Takes one place and gives the function that frees it again, at once when there is one. Rejects with the reason of the signal. */
export type TakeSlot = (key: string, signal: AbortSignal) => (() => void) | Promise<() => void>

type Queue = { active: number; waiting: Set<() => void> }

/** At most `most` places for each key at a time, handed out in order of asking. */
export function createSlots(most: number): TakeSlot {
  const queues = new Map<string, Queue>()

  const free = (key: string, queue: Queue) => () => {
    const next = queue.waiting.values().next().value
    if (next) {
      queue.waiting.delete(next)
      next()
    } else if (--queue.active === 0) queues.delete(key)
  }
  return (key, signal) => {
    if (signal.aborted) return Promise.reject(signal.reason as Error)
    const queue = queues.get(key) ?? { active: 0, waiting: new Set() }
    queues.set(key, queue)
    if (queue.active >= most) return turn(queue.waiting, signal).then(() => once(free(key, queue)))
    queue.active++
    return once(free(key, queue))
  }
}

function turn(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = () => {
      signal.removeEventListener('abort', leave)
      resolve()
    }
    const leave = () => {
      waiting.delete(go)
      reject(signal.reason)
    }
    waiting.add(go)
    signal.addEventListener('abort', leave, { once: true })
  })
}

function once(run: () => void): () => void {
  let isDone = false
  return () => {
    if (isDone) return
    isDone = true
    run()
  }
}
