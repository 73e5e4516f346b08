/** It can never succeed: the row is buried at once. */
export class Permanent extends Error {
  override name = 'Permanent'
}

type Terms = { seconds?: number; payload?: object; cause?: unknown; isCounted?: boolean }

/**
 * It did not succeed this time: tried again in `seconds` (else after the usual pause), with another payload if given. What
 * had no chance is not counted as a try.
 */
export class Retry extends Error {
  override name = 'Retry'
  readonly seconds?: number
  readonly payload?: object
  readonly isCounted: boolean
  constructor(message: string, { seconds, payload, cause, isCounted = true }: Terms = {}) {
    super(message, { cause })
    this.isCounted = isCounted
    if (seconds !== undefined) this.seconds = seconds
    if (payload !== undefined) this.payload = payload
  }
}
