import { readFileSync } from 'node:fs'

type Entry = { optionalDependencies?: Record<string, string> }

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, Entry>
}

/** As Node looks for a package: in every node_modules from the asker's folder upwards. */
function isNamed(asker: string, name: string): boolean {
  if (`${asker}/node_modules/${name}`.replace(/^\//, '') in packages) return true
  const above = asker.lastIndexOf('/node_modules/')
  return asker !== '' && isNamed(above < 0 ? '' : asker.slice(0, above), name)
}

// A registry that lacks some of them makes npm write a lockfile that npm ci then refuses everywhere.
test('the lockfile names the packages of every platform, not only of the one it was written on', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isNamed(path, name)),
  )
  expect(missing).toEqual([])
})
