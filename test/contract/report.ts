import { parseArgs } from 'node:util'
import { readSeen } from '#test/support/seen-entities'
import { entitiesInScope } from './entities-in-scope.ts'
import { findDifferences, findProofs, rules } from './find-proofs.ts'
import { findRoutes } from './find-routes.ts'
import { offered, withdrawn } from './scope.ts'

/** One thing that the contract asks for. */
type Item = { kind: 'endpoint' | 'entity' | 'rule'; group: string; name: string; isMet: boolean }

const MOST_DIFFERENCES = 20
const { values } = parseArgs({ options: { group: { type: 'string' }, all: { type: 'boolean' } } })
const say = (line: string) => process.stdout.write(`${line}\n`)

const isAnswered = await findRoutes()
const [seen, proofs, differences] = [readSeen(), findProofs(), findDifferences()]

const items: Item[] = [
  ...offered.map((endpoint) => ({
    kind: 'endpoint' as const,
    group: endpoint.group,
    name: `${endpoint.method} ${endpoint.path}`,
    isMet: isAnswered(endpoint),
  })),
  ...withdrawn.map((endpoint) => ({
    kind: 'endpoint' as const,
    group: endpoint.group,
    name: `${endpoint.method} ${endpoint.path} (was removed: must be 404)`,
    isMet: !isAnswered(endpoint),
  })),
  ...[...entitiesInScope].map(([name, group]) => ({
    kind: 'entity' as const,
    group,
    name,
    isMet: seen.has(name),
  })),
  ...rules.map(({ code, group, text }) => ({
    kind: 'rule' as const,
    group,
    name: `${code} ${text}`,
    isMet: proofs.has(code) || differences.has(code),
  })),
]

const wanted = items.filter(
  ({ group, kind, name }) =>
    !values.group || group === values.group || (kind === 'rule' && name.startsWith(`${values.group}-`)),
)
const kinds = { endpoint: 'endpoints answered', entity: 'entities valid', rule: 'rules proven' }
const counted = (of: Item[], kind: Item['kind']): string => {
  const own = of.filter((item) => item.kind === kind)
  return own.length === 0 ? '' : `${own.filter(({ isMet }) => isMet).length}/${own.length}`
}

say(
  `${'group'.padEnd(20)}${Object.values(kinds)
    .map((kind) => kind.padStart(20))
    .join('')}`,
)
for (const [group, own] of [...Map.groupBy(wanted, ({ group }) => group)].toSorted(([a], [b]) =>
  a < b ? -1 : 1,
))
  say(
    group.padEnd(20) +
      (Object.keys(kinds) as Item['kind'][]).map((kind) => counted(own, kind).padStart(20)).join(''),
  )
say(
  `${'all'.padEnd(20)}${(Object.keys(kinds) as Item['kind'][]).map((kind) => counted(wanted, kind).padStart(20)).join('')}`,
)

for (const kind of Object.keys(kinds) as Item['kind'][]) {
  const missing = wanted.filter((item) => item.kind === kind && !item.isMet)
  if (missing.length > 0) say(`\nnot among the ${kinds[kind]}:`)
  for (const { name, group } of missing) say(`  ${group.padEnd(18)} ${name.slice(0, 160)}`)
}

const codes = new Set(rules.map(({ code }) => code))
const problems = [
  ...[...proofs]
    .filter(
      (code) => !codes.has(code) && rules.some((rule) => rule.code.split('-')[0] === code.split('-')[0]),
    )
    .map((code) => `a test proves ${code}, which is no rule`),
  ...[...differences.keys()]
    .filter((code) => proofs.has(code))
    .map((code) => `${code} is proven and listed as a difference`),
  ...[...differences.keys()]
    .filter((code) => !codes.has(code))
    .map((code) => `the differences list ${code}, which is no rule`),
  ...(differences.size > MOST_DIFFERENCES
    ? [`${differences.size} differences are more than ${MOST_DIFFERENCES}`]
    : []),
]
say(`\n${differences.size} deliberate differences (docs/mastodon-differences.md)`)
if (seen.size === 0) say('no entity was seen yet: "npm test" notes them')
for (const problem of problems) say(`wrong: ${problem}`)
process.exit(wanted.some(({ isMet }) => !isMet) || problems.length > 0 ? 1 : 0)
