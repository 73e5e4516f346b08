import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of captured payloads, which is no part of the project: KITH_FIXTURES, or found beside the checkout. */
export const fixturesFolder = process.env['KITH_FIXTURES'] || besideCheckout(import.meta.dirname)

function besideCheckout(folder: string): string | undefined {
  const wanted = join(folder, 'shared/contract/federation/fixtures')
  if (existsSync(wanted)) return wanted
  const parent = dirname(folder)
  return parent === folder ? undefined : besideCheckout(parent)
}

/** The folders of the fixtures that hold payloads; none when they are not there. */
export function fixtureFolders(): string[] {
  if (fixturesFolder === undefined || !existsSync(fixturesFolder)) return []
  const entries = readdirSync(fixturesFolder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'signatures')
    .map((entry) => entry.name)
}

/** The names of the JSON files of one folder of the fixtures; none when they are not there. */
export function fixtureNames(folder: string): string[] {
  if (fixturesFolder === undefined || !existsSync(fixturesFolder)) return []
  return readdirSync(join(fixturesFolder, folder)).filter((name) => name.endsWith('.json'))
}

/** One fixture, as its bytes. */
export function readFixture(name: string): Buffer {
  return readFileSync(join(fixturesFolder ?? '', name))
}
