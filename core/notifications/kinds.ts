import { loadFolder } from '#platform/load-folder'
import { isKind, type Kind } from './kind.ts'

const found = await loadFolder(new URL('kinds/', import.meta.url), isKind)

/** Every kind of notification by its name. */
export const kinds: ReadonlyMap<string, Kind> = new Map(found.map(({ value }) => [value.name, value]))

const byAlias = new Map(
  found.flatMap(({ value }) => value.aliases?.map((alias) => [alias, value.name]) ?? []),
)

/** The kind that an app means by a name, which may be none. */
export const kindNamed = (name: string): string => byAlias.get(name) ?? name
