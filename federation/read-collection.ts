import type { Asking } from '#core/remote'
import { fetchObject } from './fetch-object.ts'
import { idOf, isJson, type Json, many, sameOrigin, textOf } from './properties.ts'

type Wanted = {
  /** The collection itself, or its address. */
  collection: unknown
  /** Its owner: it and all its pages must be on the same host (federation rule 104). */
  owner: string
  pages: number
  most: number
}

/**
 * What a collection elsewhere lists, each id once, as it stands there: addresses, objects, activities. It ends at the last page, at one
 * that was read before or is empty, or at these limits (federation rules 99 and 106, R-085); how many it claims to have does not
 * matter. Undefined when it cannot be had.
 */
export async function readCollection(
  ctx: Asking,
  { collection, owner, pages, most }: Wanted,
): Promise<unknown[] | undefined> {
  const found = new Map<string, unknown>()
  const start = await whole(ctx, owner, collection)
  let page = start && (hasItems(start) ? start : await whole(ctx, owner, start.first))
  if (!page) return undefined
  const seen = new Set([idOf(page)])
  for (let read = 1; page; read += 1) {
    const items = many(page.items ?? page.orderedItems)
    for (const item of items) {
      const id = idOf(item)
      if (id && !found.has(id)) found.set(id, item)
    }
    const next = idOf(page.next)
    // The first page is often empty; one after it that brought nothing is the end.
    const isEnd = !next || seen.has(next) || (read > 1 && items.length === 0)
    if (isEnd || read === pages || found.size >= most) break
    seen.add(next)
    page = await pageAt(ctx, owner, next)
  }
  return [...found.values()].slice(0, most)
}

const hasItems = (page: Json): boolean => page.items !== undefined || page.orderedItems !== undefined

const whole = async (ctx: Asking, owner: string, value: unknown): Promise<Json | undefined> => {
  if (isJson(value) && (hasItems(value) || value.first !== undefined)) return value
  const id = idOf(value)
  return id ? pageAt(ctx, owner, id) : undefined
}

async function pageAt(ctx: Asking, owner: string, id: string): Promise<Json | undefined> {
  const page = sameOrigin(id, owner) ? await fetchObject(ctx, id) : undefined
  return page && sameOrigin(textOf(page.id), owner) ? page : undefined
}
