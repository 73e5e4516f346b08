/** It can never succeed: the row is buried at once. */
export class Permanent extends Error {
  override name = 'Permanent'
}

/** It did not succeed this time: tried again in `seconds` (else after the usual pause), with another payload if given. */
export class Retry extends Error {
  override name = 'Retry'
  readonly seconds?: number
  readonly payload?: object
  constructor(
    message: string,
    { seconds, payload, cause }: { seconds?: number; payload?: object; cause?: unknown } = {},
  ) {
    super(message, { cause })
    if (seconds !== undefined) this.seconds = seconds
    if (payload !== undefined) this.payload = payload
  }
}
