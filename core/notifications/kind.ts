const mark = Symbol('kind')

/** One kind of notification, as clients name it. */
export type Kind = {
  name: string
  /** Its subject is a post that clients show with it. */
  hasPost?: boolean
  /** Events of the same post, or of the same member, within some hours stand together (NOTE-14). */
  groupedBy?: 'post' | 'account'
}

/** States a kind of notification. */
export const kind = (kind: Kind): Kind => Object.assign({ ...kind }, { [mark]: true })

export const isKind = (value: unknown): value is Kind =>
  typeof value === 'object' && value !== null && mark in value
