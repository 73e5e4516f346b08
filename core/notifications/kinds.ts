import { loadFolder } from '#platform/load-folder'
import { isKind, type Kind } from './kind.ts'

const found = await loadFolder(new URL('kinds/', import.meta.url), isKind)

/** Every kind of notification by its name. */
export const kinds: ReadonlyMap<string, Kind> = new Map(found.map(({ value }) => [value.name, value]))
