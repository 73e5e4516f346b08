/**
 * What can go wrong, without naming a transport. Doors map these to what their side understands: an HTTP status
 * in server, drop or retry in federation, retry or bury in workers.
 */
export abstract class KithError extends Error {
  override get name() {
    return this.constructor.name
  }
}

/** It does not exist, or the asker may not know that it does. */
export class NotFound extends KithError {
  constructor(message = 'Record not found', options?: ErrorOptions) {
    super(message, options)
  }
}

/** The asker is known and may not do this. */
export class Forbidden extends KithError {
  constructor(message = 'This action is not allowed', options?: ErrorOptions) {
    super(message, options)
  }
}

/** What is wrong with one field: an ERR_… code of the Mastodon API and a sentence. */
export type FieldProblem = { error: string; description: string }

/** A value breaks a rule; `details` names the fields. */
export class Invalid extends KithError {
  readonly details?: Record<string, FieldProblem[]>
  constructor(message: string, details?: Record<string, FieldProblem[]>) {
    super(message)
    if (details) this.details = details
  }
}

/** It clashes with what is there; the same call may work later or with other values. */
export class Conflict extends KithError {}

/** It existed and was deleted. */
export class Gone extends KithError {
  constructor(message = 'This has been deleted', options?: ErrorOptions) {
    super(message, options)
  }
}

/** A limit is used up until `retryAt`. */
export class TooMany extends KithError {
  readonly retryAt: Date
  constructor(retryAt: Date, message = 'Too many requests') {
    super(message)
    this.retryAt = retryAt
  }
}

/** Something that Kith depends on does not answer; the same call may work later. */
export class Unavailable extends KithError {}

/** The code of a system, database or Redis error (`ECONNREFUSED`, `23505`), or undefined. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  if ('original' in error) return codeOf(error.original)
  return 'cause' in error ? codeOf(error.cause) : undefined
}
