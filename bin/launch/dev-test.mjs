import { rmSync } from 'node:fs'
import { provideChromium } from './chromium.mjs'
import { inProject } from './project.mjs'
import { provideRedis } from './redis.mjs'
import { runThrough } from './runtime.mjs'
import { say } from './say.mjs'

/**
 * Runs the tests; `args` go to Jest. The database and Redis are started by `test/global-setup.ts`, so that Jest alone does it
 * too. A whole run wants a browser; one that has been narrowed down takes it only when it is there.
 */
export function runTests(args) {
  provideRedis()
  const browser = provideChromium(args.length === 0)
  if (!browser) say('no Chromium: the browser tests are skipped (sudo apt-get install -y chromium)')
  // What whole runs see of the API is told by `npm run contract`.
  if (args.every((arg) => arg.startsWith('-')))
    rmSync(inProject('coverage', 'contract'), { recursive: true, force: true })
  const env = { ...process.env, CHROMIUM_PATH: browser ?? '' }
  return runThrough(process.execPath, [inProject('node_modules', 'jest', 'bin', 'jest.js'), ...args], env)
}
