import { instance } from '#config/instance'
import { contextDocument, termsOf } from '#federation/contexts'
import { idOf, isJson, type Json, many, objectsOf, sameOrigin, textOf, typesOf } from '#federation/properties'
import type { FedifyVerdict } from './fedify-lane.ts'
import { isTaken, type KithVerdict, readExpanded, type Reading, readPlainly } from './lanes.ts'

/** What both lanes made of one body. */
export type Both = { sent: Json; kith: KithVerdict; fedify: FedifyVerdict }

/** A difference that is meant: where Kith is stricter or more patient than Fedify by a rule of the contract. */
type Allowed = { rule: string; is(both: Both): boolean }

/** The same, where Fedify must agree as soon as what the rule is about is taken out of the body. */
type Mended = { rule: string; without(sent: Json): Json }

const AS = 'https://www.w3.org/ns/activitystreams'
const vocabulary = termsOf(contextDocument(AS))
const known = (type: string): boolean => type in vocabulary

const contexts = (sent: Json): unknown[] => ('@context' in sent ? [sent['@context']].flat() : [])

/** Kith refuses, or takes without believing it, what Fedify takes; or takes what Fedify has no word for. */
export const allowed: readonly Allowed[] = [
  {
    rule: 'federation rule 86',
    is: ({ kith, sent }) => kith.why === 'ours' && sameOrigin(idOf(sent.actor), instance.origin),
  },
  {
    rule: 'federation rule 21',
    is: ({ kith, sent }) => kith.why === 'unknown-end' && typesOf(sent).includes('Delete'),
  },
  {
    rule: 'federation rule 22',
    is: ({ kith, fedify }) => kith.isForwarded === true && fedify.status === 401,
  },
  {
    rule: 'federation rules 40, 41',
    is: ({ kith, fedify: { read = {} } }) => {
      const { id, ids } = readExpanded(read)
      return kith.why === 'foreign-id' && !ids.actor?.some((actor) => sameOrigin(actor, id))
    },
  },
  {
    rule: 'federation rule 34: what has no type is no activity',
    is: ({ kith, fedify: { read } }) =>
      kith.why === 'malformed' && read !== undefined && readExpanded(read).type === 'Activity',
  },
  {
    // Types of others, and names that Fedify knows by their context alone.
    rule: 'federation rule 34, wire G2: types that Fedify has no class for',
    is: ({ kith, fedify }) => {
      const types = kith.json ? typesOf(kith.json) : []
      const named = /^Invalid type: (.*)$/.exec(fedify.error ?? '')?.[1]?.split(',') ?? []
      return (
        types.length > 0 &&
        named.length === types.length &&
        types.every((type, at) => named[at]!.endsWith(type))
      )
    },
  },
]

const leaving = (sent: Json, out: string): Json =>
  Object.fromEntries(Object.entries(sent).filter(([name]) => name !== out))

/** What may stand in a body without harm to Kith, and Fedify stumbles over. */
export const mended: readonly Mended[] = [
  {
    rule: 'federation rules 23, 25: LD signatures are as if they were not there',
    without: (sent) => leaving(sent, 'signature'),
  },
  {
    rule: 'federation rule 27: a proof that is not understood is as if it were not there',
    without: (sent) => leaving(sent, 'proof'),
  },
  {
    rule: 'ActivityStreams 2.1: its context holds where it is not named',
    without: (sent) => {
      const all = contexts(sent)
      const isNamed = all.some(
        (each) => typeof each === 'string' && /\/ns\/activitystreams#?\/?$|litepub|\/contexts\/?$/.test(each),
      )
      return isNamed ? sent : { ...sent, '@context': [AS, ...all] }
    },
  },
  {
    rule: 'wire G2: of several types the first that is known counts, what is no type is skipped',
    without: (sent) => withTypes(sent) as Json,
  },
  {
    rule: 'wire G2: a reference is an address, an object with an id, a Link with an href, or a list of these; the rest is skipped',
    without: (sent) => withReferences(sent),
  },
  {
    rule: 'federation rule 47: a property that cannot be read is dropped, not the activity',
    without: (sent) => essence(sent),
  },
]

function withTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTypes)
  if (!isJson(value)) return value
  const entries = Object.entries(value).map(([name, each]) => [
    name,
    name === '@context' ? each : withTypes(each),
  ])
  const types = typesOf(value)
  const type = types.find(known) ?? types[0]
  return Object.fromEntries([...entries, ...(Array.isArray(value.type) && type ? [['type', type]] : [])])
}

function withReferences(sent: Json): Json {
  const isWhole = (id: string | undefined): boolean => id !== undefined && URL.canParse(id)
  const addresses = (value: unknown): unknown[] =>
    many(value).flatMap((each): unknown[] => {
      if (isJson(each) && textOf(each.id)) return isWhole(textOf(each.id)) ? [each] : []
      return isWhole(idOf(each)) ? [idOf(each)] : []
    })
  const names = ['actor', 'object', 'target', 'to', 'cc'].filter((name) => name in sent)
  const named = many(sent.id).length > 0 ? sent : leaving(sent, 'id')
  return { ...named, ...Object.fromEntries(names.map((name) => [name, addresses(sent[name])])) }
}

/** Nothing but who, what kind and about what. */
function essence(sent: Json): Json {
  const { '@context': context, id, type, actor, object } = sent
  const ids = (value: unknown) =>
    objectsOf(value).length > 0 ? many(value).flatMap((each) => idOf(each) ?? []) : value
  const all = { '@context': context, id, type, actor: ids(actor), object: ids(object) }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

/** Where two readings differ, by path; types that no context knows are nothing to Fedify. */
function gaps(kith: Reading, fedify: Reading, at = ''): string[] {
  const isSameType =
    kith.type === fedify.type || (!known(kith.type) && ['Activity', 'Object', ''].includes(fedify.type))
  const found = [
    kith.id === fedify.id ? [] : `${at}id`,
    isSameType ? [] : `${at}type`,
    kith.published === fedify.published ? [] : `${at}published`,
    ...(['ids', 'texts'] as const).flatMap((kind) =>
      Object.keys(kith[kind])
        .filter((name) => name in fedify[kind] && String(kith[kind][name]) !== String(fedify[kind][name]))
        .map((name) => at + name),
    ),
  ].flat()
  return kith.object && fedify.object
    ? [...found, ...gaps(kith.object, fedify.object, `${at}object.`)]
    : found
}

/** What is different in what the lanes made of one body; nothing when it is the same. */
export function differencesOf({ kith, fedify }: Both): string[] {
  if (isTaken(kith) !== isTaken(fedify))
    return [`Kith ${kith.status} ${kith.why}, Fedify ${fedify.status} ${fedify.error ?? ''}`]
  return kith.json && fedify.read ? gaps(readPlainly(kith.json), readExpanded(fedify.read)) : []
}

export type Outcome = { rules: string[]; differences: string[] }

/**
 * Compares the lanes on a body. What differs is explained by one rule of the lists above, else by several of them one after the
 * other, or is left over in `differences`.
 */
export async function compare(sent: Json, run: (sent: Json) => Promise<Both>): Promise<Outcome> {
  const first = await run(sent)
  const rule = explanation(first)
  if (rule !== undefined) return { rules: rule, differences: [] }
  for (const each of mended) {
    const next = each.without(sent)
    const more = isSame(next, sent) ? undefined : explanation(await run(next))
    if (more) return { rules: [each.rule, ...more], differences: [] }
  }
  return (await cumulate(sent, run)) ?? { rules: [], differences: differencesOf(first) }
}

async function cumulate(sent: Json, run: (sent: Json) => Promise<Both>): Promise<Outcome | undefined> {
  const rules: string[] = []
  let body = sent
  for (const { rule, without } of mended) {
    const next = without(body)
    if (isSame(next, body)) continue
    rules.push(rule)
    body = next
    const more = explanation(await run(body))
    if (more) return { rules: [...rules, ...more], differences: [] }
  }
  return undefined
}

const isSame = (one: Json, other: Json): boolean => JSON.stringify(one) === JSON.stringify(other)

/** The rule by which the lanes differ on this very body, if any; undefined when none explains it. */
function explanation(both: Both): string[] | undefined {
  if (differencesOf(both).length === 0) return []
  const rule = allowed.find((each) => each.is(both))
  return rule && [rule.rule]
}
