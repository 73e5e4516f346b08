import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { existsSync } from 'node:fs'
import { inProject, ownPath } from './project.mjs'
import { Stop } from './say.mjs'

/** The oldest Node that has all that Kith uses (`crypto.argon2`, `Error.isError`, type stripping without a flag). */
const oldest = [24, 7]

const isNewEnough = (version) => {
  const [major, minor] = version.split('.').map(Number)
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
}

/**
 * Makes sure that Kith's own code runs on a Node that can read it. Gives nothing when this one can; otherwise runs
 * the same command on the Node that npm installed and gives its exit code.
 */
export async function onCurrentNode(argv) {
  if (isNewEnough(process.versions.node)) return
  const own = inProject('node_modules', 'node', 'bin', 'node')
  if (!existsSync(own)) {
    throw new Stop(
      `Kith needs Node.js ${oldest.join('.')} or newer, this is ${process.versions.node}, and npm could not bring its own: ` +
        'install Node.js 24 (https://nodejs.org) and start again.',
    )
  }
  return runThrough(own, [inProject('bin', 'kith'), ...argv])
}

/**
 * Runs a program in the foreground with Kith's PATH, hands on SIGTERM, SIGINT and SIGHUP, and gives its exit code
 * (128 + n when a signal ended it).
 */
export function runThrough(program, args, env = process.env) {
  const child = spawn(program, args, { stdio: 'inherit', env: { ...env, PATH: ownPath() } })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]))
  })
}
