import type { Ctx } from '#core/ctx'
import type { Id } from '#platform/ids'

const mark = Symbol('subject')

/** What notifications of some kinds are about beside a post, and under which key clients find it. */
export type Subject = {
  kinds: readonly string[]
  key: string
  /** Renders subjects by id for whoever acts; those that are gone are left out, and their notifications with them. */
  load(ctx: Ctx, ids: readonly Id[]): Promise<ReadonlyMap<Id, object>>
}

/** States how one sort of subject is shown. */
export const subject = (subject: Subject): Subject => Object.assign({ ...subject }, { [mark]: true })

export const isSubject = (value: unknown): value is Subject =>
  typeof value === 'object' && value !== null && mark in value
