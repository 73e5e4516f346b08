import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { inProject, ownPath } from './project.mjs'
import { say } from './say.mjs'

const folders = ['config', 'platform', 'core', 'federation', 'server', 'workers', 'cli', 'migrations', 'test']
const tool = (name, ...args) => ({ name, command: [inProject('node_modules', '.bin', name), ...args] })

const quick = () => [
  { ...tool('oxfmt', '--check'), name: 'format' },
  { ...tool('oxlint', '--quiet'), name: 'lint' },
  { ...tool('tsc', '--noEmit'), name: 'types' },
  {
    ...tool('depcruise', ...folders.filter((folder) => existsSync(inProject(folder)))),
    name: 'import rules',
  },
]
const slow = (withTests) => [
  ...(withTests ? [{ name: 'tests', command: [inProject('bin', 'kith'), 'dev', 'test', '--silent'] }] : []),
  { name: 'migrations up and down', command: [inProject('bin', 'launch', 'check-migrations.mjs')] },
]

/** Runs one step with its output kept; gives how long it took, how it went and what it said. */
function run({ name, command: [program, ...args] }) {
  const began = performance.now()
  const isOurs = program.startsWith(inProject('bin'))
  const [file, all] = isOurs ? [process.execPath, [program, ...args]] : [program, args]
  const child = spawn(file, all, {
    cwd: inProject(),
    env: { ...process.env, PATH: ownPath() },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = []
  child.stdout.on('data', (text) => output.push(text))
  child.stderr.on('data', (text) => output.push(text))
  const report = (isRight) => ({
    name,
    isRight,
    seconds: (performance.now() - began) / 1000,
    output: Buffer.concat(output).toString(),
  })
  return new Promise((resolve) => {
    child.on('error', () => resolve(report(false)))
    child.on('close', (code) => resolve(report(code === 0)))
  })
}

const show = ({ name, isRight, seconds, output }) => {
  if (!isRight) process.stdout.write(`\n${output.trimEnd()}\n\n`)
  process.stdout.write(
    `${isRight ? 'ok    ' : 'FAILED'}  ${name.padEnd(24)} ${seconds.toFixed(1).padStart(6)} s\n`,
  )
}

/**
 * Format, lint, types and import rules; then, unless `--fast`, the tests (but not `--without-tests`) and the migrations.
 * Gives 1 when any of them fails.
 */
export async function runChecks(args) {
  const results = await Promise.all(quick().map(run))
  results.forEach(show)
  if (!args.includes('--fast')) {
    for (const step of slow(!args.includes('--without-tests'))) {
      const result = await run(step)
      results.push(result)
      show(result)
    }
  }
  const failed = results.filter(({ isRight }) => !isRight).map(({ name }) => name)
  say(failed.length > 0 ? `the check failed: ${failed.join(', ')}` : 'the check passed')
  return failed.length > 0 ? 1 : 0
}
