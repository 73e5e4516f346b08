import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = new URL('../..', import.meta.url).pathname
/** A rule: its code, the group it belongs to, what it says. */
export type Rule = { code: string; group: string; text: string }

const code = /[A-Z]+-\d\d/g
const titles = /\(\s*(['"`])((?:[A-Z]+-\d\d(?:[,:]| and)? +)+)/g

/** The codes that titles of tests begin with. */
export function findProofs(): Set<string> {
  const sources = globSync('test/**/*.test.ts', { cwd: root }).map((path) =>
    readFileSync(join(root, path), 'utf8'),
  )
  return new Set(
    sources.flatMap((source) =>
      [...source.matchAll(titles)].flatMap(([, , codes = '']) => codes.match(code) ?? []),
    ),
  )
}

/** Every rule but those of moderators, whose endpoints are not offered. */
export const rules: readonly Rule[] = (
  JSON.parse(readFileSync(join(root, 'test/contract/rules.json'), 'utf8')) as Rule[]
).filter(({ group }) => group !== 'admin')

/** The rules that Kith breaks on purpose, with the reason. */
export function findDifferences(): Map<string, string> {
  const listed = readFileSync(join(root, 'docs/mastodon-differences.md'), 'utf8')
  return new Map(
    [...listed.matchAll(/^- \*\*([A-Z]+-\d\d)\*\*:? +(\S.{20,})$/gm)].map(([, code = '', why = '']) => [
      code,
      why,
    ]),
  )
}
