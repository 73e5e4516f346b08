import { isJson, type Json, many, textOf } from '../properties.ts'

/** A key as a document gives it. `material` is a PEM block or a Multikey; a key that is only named has none. */
export type KeyEntry = { id: string; owner?: string; material?: string }

const mostKeys = 20

/**
 * The keys of a document in all their shapes (wire.md 3.5): the document itself is one, or `publicKey` and
 * `assertionMethod` hold one or several, in full or by id. A key without an id of its own is the only key of its
 * document, and is taken for the one asked for.
 */
export function keysIn(document: Json, askedFor: string): KeyEntry[] {
  if (isBareKey(document)) return entry(document, askedFor, true)
  const listed = [...many(document.publicKey), ...many(document.assertionMethod)].slice(0, mostKeys)
  return listed.flatMap((each) =>
    typeof each === 'string' ? [{ id: each }] : entry(each, askedFor, listed.length === 1),
  )
}

/** Whether the document is a key, not something that has one. */
export const isBareKey = (document: Json) => materialOf(document) !== undefined

function entry(value: unknown, askedFor: string, isOnly: boolean): KeyEntry[] {
  if (!isJson(value)) return []
  const id = textOf(value.id) ?? (isOnly && value.id === undefined ? askedFor : undefined)
  const owner = textOf(value.owner ?? value.controller)
  const material = materialOf(value)
  if (id === undefined) return []
  return [{ id, ...(owner !== undefined && { owner }), ...(material !== undefined && { material }) }]
}

const materialOf = (value: Json) => textOf(value.publicKeyPem ?? value.publicKeyMultibase)
