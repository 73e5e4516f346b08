import type { Json, JsonObject } from '../read-json.ts'

/** A key as a document gives it. `material` is a PEM block or a Multikey; a key that is only named has none. */
export type KeyEntry = { id: string; owner?: string; material?: string }

const mostKeys = 20

/**
 * The keys of a document in all their shapes (wire.md 3.5): the document itself is one, or `publicKey` and
 * `assertionMethod` hold one or several, in full or by id. A key without an id of its own is the only key of its
 * document, and is taken for the one asked for.
 */
export function keysIn(document: JsonObject, askedFor: string): KeyEntry[] {
  if (isBareKey(document)) return entry(document, askedFor, true)
  const listed = [...many(document['publicKey']), ...many(document['assertionMethod'])].slice(0, mostKeys)
  return listed.flatMap((each) =>
    typeof each === 'string' ? [{ id: each }] : entry(each, askedFor, listed.length === 1),
  )
}

/** Whether the document is a key, not something that has one. */
export const isBareKey = (document: JsonObject) => materialOf(document) !== undefined

function entry(value: Json, askedFor: string, isOnly: boolean): KeyEntry[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const id =
    typeof value['id'] === 'string' ? value['id'] : isOnly && value['id'] === undefined ? askedFor : undefined
  const owner = value['owner'] ?? value['controller']
  const material = materialOf(value)
  if (id === undefined) return []
  return [{ id, ...(typeof owner === 'string' && { owner }), ...(material !== undefined && { material }) }]
}

function materialOf(value: JsonObject): string | undefined {
  const material = value['publicKeyPem'] ?? value['publicKeyMultibase']
  return typeof material === 'string' ? material : undefined
}

const many = (value: Json | undefined): Json[] =>
  value === undefined || value === null ? [] : [value].flat()
