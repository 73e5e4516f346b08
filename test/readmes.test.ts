import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = new URL('..', import.meta.url).pathname
const top = [
  'bench',
  'bin',
  'cli',
  'config',
  'core',
  'docs',
  'federation',
  'migrations',
  'platform',
  'server',
  'test',
  'workers',
]
const inside = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => statSync(join(root, folder, name)).isDirectory())
    .map((name) => `${folder}/${name}`)

test.each([...top, ...top.flatMap(inside)])('%s has a README of at most 15 lines', (folder) => {
  const file = join(root, folder, 'README.md')
  expect({ folder, isThere: existsSync(file) }).toEqual({ folder, isThere: true })
  expect(readFileSync(file, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(15)
})
