import { execFileSync, spawn } from 'node:child_process'
import {
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { asServiceUser } from './service-user.mjs'

const quietly = (attempt) => {
  try {
    return attempt()
  } catch {
    return undefined
  }
}

/**
 * When a process began, as the system tells it; undefined when there is no such process. A process id alone proves
 * nothing: after a restart of the machine or the container another program may have it.
 */
export function beginningOf(pid) {
  if (process.platform === 'linux') {
    const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields && fields[0] !== 'Z' ? fields[19] : undefined
  }
  const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }
  return quietly(() => execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], options))?.trim() || undefined
}

/** Writes down a process so that others can tell later whether it still runs; nobody ever reads half of it. */
export function record(file, pid, more = {}) {
  writeFileSync(`${file}.new`, JSON.stringify({ pid, began: beginningOf(pid), ...more }), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** What `record` wrote, when that very process still runs; otherwise undefined, and the file goes. */
export function running(file) {
  const written = quietly(() => JSON.parse(readFileSync(file, 'utf8')))
  if (written?.pid && written.began && beginningOf(written.pid) === written.began) return written
  rmSync(file, { force: true })
  return undefined
}

/** Whether somebody listens on a unix socket. */
export const answers = (path) =>
  new Promise((resolve) => {
    const socket = connect(path)
    const done = (isThere) => {
      socket.destroy()
      resolve(isThere)
    }
    socket.on('connect', () => done(true)).on('error', () => done(false))
  })

/** Asks again every few milliseconds until the answer is truthy; gives undefined when the time is over. */
export async function until(ask, milliseconds) {
  const end = Date.now() + milliseconds
  do {
    const answer = await ask()
    if (answer) return answer
    await delay(50)
  } while (Date.now() < end)
}

const largestLog = 10_000_000

/**
 * Starts a service that outlives the terminal (a Ctrl-C there must not reach it before Kith has ended) and writes to a
 * log file. Gives the child process.
 */
export function spawnService({ program, args, env, log, user }) {
  if ((quietly(() => statSync(log))?.size ?? 0) > largestLog) truncateSync(log)
  const output = openSync(log, 'a', 0o600)
  const { file, args: all, ...identity } = asServiceUser(program, args, user)
  const child = spawn(file, all, {
    ...identity,
    env: { ...process.env, ...env },
    cwd: '/',
    detached: true,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  child.unref()
  return child
}

/** The last lines of a log, to show why a service did not start. */
export const endOf = (log) =>
  quietly(() => readFileSync(log, 'utf8').trimEnd().split('\n').slice(-5).join('\n')) ?? ''

/** Ends a process: `signal` first, and when it is still there after `patience` milliseconds, `last`. */
export async function end({ pid, began }, signal, patience, last = 'SIGKILL') {
  const isGone = () => beginningOf(pid) !== began
  if (isGone()) return
  quietly(() => process.kill(pid, signal))
  if (await until(isGone, patience)) return
  quietly(() => process.kill(pid, last))
  await until(isGone, 1000)
}
