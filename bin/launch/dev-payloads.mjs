import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runTests } from './dev-test.mjs'
import { Stop } from './say.mjs'

const tests = ['test/federation/payloads', 'test/federation/signatures/fixtures.test.ts']
const say = (line) => process.stdout.write(`${line}\n`)
const results = ['works', 'not yet', 'differs', 'fails']

/**
 * Takes in what other servers really sent and prints what becomes of it, by server and by kind: `works`, `not yet` (it has
 * no home here and leaves no trace), `differs` on purpose, `fails`. Gives 1 when something fails.
 */
export async function tellPayloads(args) {
  const folder = mkdtempSync(join(tmpdir(), 'kith-payloads-'))
  const file = join(folder, 'results.json')
  try {
    const code = await runTests([...tests, '--silent', '--json', `--outputFile=${file}`, ...args])
    const { testResults } = JSON.parse(readFileSync(file, 'utf8'))
    const told = testResults.flatMap(({ assertionResults }) => assertionResults.flatMap(readResult))
    if (told.length === 0) throw new Stop('there are no payloads beside this checkout', 1)
    tell('server', ({ server }) => server, told)
    tell('kind', ({ kind }) => kind, told)
    for (const { result, line } of told)
      if (result !== 'works') say(result === 'fails' ? `fails: ${line}` : line)
    return code
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readResult({ title, status }) {
  if (status === 'pending') return []
  const isFine = status === 'passed'
  const [, signed] = /^signed request (\S+)/.exec(title) ?? []
  if (signed)
    return [{ server: 'signatures', kind: 'signature', result: isFine ? 'works' : 'fails', line: title }]
  const [, file, wanted, kind] = /^(\S+): (works|not yet|differs): the (\S+)/.exec(title) ?? []
  if (!file) return []
  return [{ server: file.split('/')[0], kind, result: isFine ? wanted : 'fails', line: title }]
}

function tell(heading, nameOf, told) {
  const row = (name, counts) =>
    say(name.padEnd(28) + counts.map((count) => String(count || '·').padStart(9)).join(''))
  const countsOf = (own) => [
    ...results.map((result) => own.filter((each) => each.result === result).length),
    own.length,
  ]
  row(heading, [...results, 'all'])
  const groups = [...Map.groupBy(told, nameOf)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  for (const [name, own] of groups) row(name, countsOf(own))
  row('all', countsOf(told))
  say('')
}
