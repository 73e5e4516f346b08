import jsonld from '@fedify/vocab-runtime/jsonld'
import { Invalid } from '#platform/errors'
import { log } from '#platform/log'
import { contextDocument, loadContext, termsOf } from './contexts.ts'
import { isImporting } from './is-plain.ts'
import { isJson, type Json, many } from './properties.ts'
import { actorContext, postContext, reactionContext, stampContext } from './vocabulary.ts'

/** More than any server says in ways of its own: what contexts do to each object adds up. */
const most = { values: 500, objects: 60, contexts: 16, work: 30_000 }

const vocabulary = termsOf(contextDocument('https://www.w3.org/ns/activitystreams'))
const written: unknown[] = [...actorContext, ...postContext, ...reactionContext, ...stampContext]
const means = { documentLoader: loadContext }

/**
 * What a document that is not plain says, in the names that Kith reads: expanded with the bundled contexts as Fedify
 * expands it, of several nodes the first, and compacted with the contexts that Kith writes. Nothing is fetched. Throws
 * Invalid for what JSON-LD cannot read, for contexts that import others, and for what would take long (federation rule 50).
 */
export async function plainForm(document: Json): Promise<Json> {
  assertCheap(document)
  if (isImporting(document)) throw new Invalid('A context takes in another')
  try {
    const [first] = await jsonld.expand(document, { ...means, keepFreeFloatingNodes: true })
    const compacted = await jsonld.compact(first ?? {}, names, means)
    // Others could not verify what is written anew, and whoever needs this says nothing by a proof (federation rule 23).
    const { '@context': _, signature: _signature, proof: _proof, ...named } = withNames(compacted) as Json
    return { '@context': written, ...named }
  } catch (error) {
    // Whatever the processor stumbles over is the fault of who wrote it.
    const reason = Error.isError(error) ? error.message : String(error)
    log.debug({ reason }, 'a document could not be read as JSON-LD')
    throw new Invalid('The body cannot be read as JSON-LD')
  }
}

/** The terms to compact with: full addresses and no prefixes, which what somebody else calls so could be confused with. */
const names: Json = namesOf(
  written.map((each) => (isJson(each) ? each : termsOf(contextDocument(String(each))))),
)

function namesOf(contexts: Json[]): Json {
  const all = Object.assign({}, ...contexts) as Json
  const whole = (name: unknown) => {
    const [, prefix = '', rest = ''] = /^(\w+):(?!\/\/)(.*)$/.exec(String(name)) ?? []
    return typeof all[prefix] === 'string' ? all[prefix] + rest : name
  }
  const terms = Object.entries(all).flatMap(([name, definition]) => {
    if (name.startsWith('@') || /[#/]$/.test(String(definition))) return []
    if (!isJson(definition)) return [[name, whole(definition)] as const]
    const { '@type': type, ...more } = definition
    return [
      [name, { ...more, '@id': whole(more['@id']), ...(type ? { '@type': whole(type) } : {}) }] as const,
    ]
  })
  return { '@vocab': '_:', ...Object.fromEntries(terms) }
}

// What none of their contexts knows is read by its name, as it is anywhere, but for the names of ActivityStreams.
function withNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNames)
  if (!isJson(value)) return value
  if ('@list' in value) return withNames(value['@list'])
  const entries = Object.entries(value).map(([name, each]) => {
    const bare = name.startsWith('_:') ? name.slice(2) : name
    return [Object.hasOwn(vocabulary, bare) ? name : bare, withNames(each)] as const
  })
  return Object.fromEntries(entries)
}

const lengthOf = (context: unknown): number =>
  typeof context === 'string' ? Object.keys(termsOf(contextDocument(context))).length : 0

// Each object may be read in a context of its own, which begins with all that was said before.
function assertCheap(root: Json): void {
  const waiting: { value: unknown; isContext: boolean }[] = [{ value: root, isContext: false }]
  let [values, objects, contexts, terms] = [0, 0, 0, 0]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, isContext } = next
    values++
    if (isContext) terms += 1 + lengthOf(value)
    else if (isJson(value)) objects++
    for (const [name, each] of Object.entries(typeof value === 'object' && value !== null ? value : {})) {
      if (name === '@context') contexts += Math.max(1, many(each).length)
      waiting.push({ value: each, isContext: isContext || name === '@context' })
    }
    const isShort = values <= most.values && objects <= most.objects && contexts <= most.contexts
    if (!isShort || terms * objects > most.work) throw new Invalid('What is not plain may not be that long')
  }
}
