import type { Ctx } from '#core/ctx'
import { loadFolder } from '#platform/load-folder'
import type { Id } from '#platform/ids'
import { isSubject } from './subject.ts'

const found = await loadFolder(new URL('subjects/', import.meta.url), isSubject)
const byKind = new Map(found.flatMap(({ value }) => value.kinds.map((kind) => [kind, value] as const)))

type About = { kind: string; subjectId: Id | null }

/**
 * Loads what notifications are about, and gives for each the key and JSON to show; undefined for a subject that is gone.
 * As many queries as there are sorts of subjects among them.
 */
export async function loadSubjects(
  ctx: Ctx,
  told: readonly About[],
): Promise<(one: About) => Record<string, object> | undefined> {
  const sorts = Map.groupBy(
    told.filter(({ kind, subjectId }) => subjectId && byKind.has(kind)),
    ({ kind }) => byKind.get(kind)!,
  )
  const loaded = new Map(
    await Promise.all(
      [...sorts].map(async ([sort, all]) => {
        const ids = [...new Set(all.map(({ subjectId }) => subjectId!))]
        return [sort, await sort.load(ctx, ids)] as const
      }),
    ),
  )
  return ({ kind, subjectId }) => {
    const sort = byKind.get(kind)
    const json = sort && subjectId ? loaded.get(sort)?.get(subjectId) : undefined
    return sort && json ? { [sort.key]: json } : undefined
  }
}
