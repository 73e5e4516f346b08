import { spawnSync } from 'node:child_process'
import { findProgram } from './project.mjs'
import { say } from './say.mjs'

const find = () => findProgram('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable')

const apt = (...args) =>
  spawnSync('apt-get', ['-q', ...args], {
    stdio: 'ignore',
    timeout: 300_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0

/** The path of a Chromium; when `mayInstall` and root on Debian or Ubuntu, one is installed if need be. */
export function provideChromium(mayInstall) {
  const found = process.env.CHROMIUM_PATH || find()
  if (found || !mayInstall || process.getuid() !== 0 || !findProgram('apt-get')) return found
  say('installing Chromium for the browser tests (once; a minute or two)')
  const install = () => apt('install', '-y', '--no-install-recommends', 'chromium')
  if (!install() && apt('update')) install()
  return find()
}
