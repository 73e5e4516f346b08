const mark = Symbol('kind')

/** One kind of notification, as clients name it. */
export type Kind = {
  name: string
  /** What a push message says of it; `who` is who caused it. */
  headline: (who: string) => string
  /** Its subject is a post that clients show with it. */
  hasPost?: boolean
  /** Its subject is something else: `server/serializers/subjects` shows it. */
  hasSubject?: boolean
  /** Its subject stays as it is while it is there. */
  isLasting?: boolean
  /** Events of the same post, or of the same member, within some hours stand together (NOTE-14). */
  groupedBy?: 'post' | 'account'
  /** The member's policy may put it aside or throw it away (NOTE-07). */
  isFilterable?: boolean
  /** Members are told of it also when they are named as who caused it (NOTE-05). */
  ofOneself?: boolean
  /** What apps show that do not know this kind; the others need none, as every app knows them (NOTE-13). */
  title?: string
  /** It is none of Mastodon's kinds: what else apps call it that know it (client extensions 4.1). */
  aliases?: readonly string[]
}

/** States a kind of notification. */
export const kind = (kind: Kind): Kind => Object.assign({ ...kind }, { [mark]: true })

export const isKind = (value: unknown): value is Kind =>
  typeof value === 'object' && value !== null && mark in value
