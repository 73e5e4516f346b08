import { json } from 'node:stream/consumers'
import { KithError } from './errors.ts'
import { libraries } from './images.ts'
import { doMediaTask, type MediaTask } from './media-tasks.ts'

/**
 * The program that touches files of strangers: reads one task from stdin, does it in the folder named there, writes
 * one line to stdout, and ends. `run-media-task` starts it inside the sandbox; nothing else imports it.
 */
const { task, folder } = (await json(process.stdin)) as {
  task: MediaTask | { do: 'report' }
  folder: string
}

const answer = async (): Promise<object> => {
  if (task.do === 'report') return { libraries }
  try {
    return { outcome: await doMediaTask(task, folder) }
  } catch (error) {
    if (error instanceof KithError) return { refused: error.message }
    throw error
  }
}

process.stdout.write(JSON.stringify(await answer()))
