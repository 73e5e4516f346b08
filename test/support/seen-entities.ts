import { appendFileSync, existsSync, globSync, mkdirSync, readFileSync } from 'node:fs'

// Gone before each run of the whole suite (bin/launch/dev-test); runs of a part add to it.
const folder = new URL('../../coverage/contract/', import.meta.url).pathname

/** Keeps the name of a definition that an answer in a test was found to fit, for `npm run contract`. */
export function keepSeen(name: string): void {
  mkdirSync(folder, { recursive: true })
  appendFileSync(`${folder}seen-${process.pid}`, `${name}\n`)
}

/** The definitions that answers fitted since the last run of the whole suite began. */
export function readSeen(): Set<string> {
  if (!existsSync(folder)) return new Set()
  return new Set(
    globSync(`${folder}seen-*`).flatMap((path) => readFileSync(path, 'utf8').split('\n').filter(Boolean)),
  )
}
