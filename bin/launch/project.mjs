import { existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the clone, whatever the working directory is. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/** A file below the clone. */
export const inProject = (...path) => join(root, ...path)

/** Kept between runs, gone with node_modules. */
export const cache = (...path) => inProject('node_modules', '.cache', 'kith', ...path)

/** The folders where this project's own programs are, in front of the PATH of every child. */
export const ownPath = () =>
  [inProject('node_modules', 'node', 'bin'), inProject('node_modules', '.bin'), process.env.PATH].join(
    delimiter,
  )

const usual = [
  '/usr/local/bin',
  '/usr/local/sbin',
  '/usr/bin',
  '/usr/sbin',
  '/bin',
  '/sbin',
  '/opt/homebrew/bin',
]

/** The first of these programs that PATH (or a usual folder: a plain user's PATH lacks /usr/sbin) has. */
export function findProgram(...names) {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...usual]
  for (const name of names) {
    const folder = folders.find((each) => isFile(join(each, name)))
    if (folder) return join(folder, name)
  }
}

const isFile = (path) => existsSync(path) && statSync(path).isFile()
