/**
 * One event on its way to many streams. Whatever is the same for them is made once: the payload, the frame of each
 * channel, the lines for server-sent events.
 */
export class Message {
  readonly event: string
  readonly #payload: string | undefined
  readonly #frames = new Map<string, Buffer>()
  #lines: string | undefined
  #quoted: string | undefined

  /** `payload` is JSON, a bare id, or nothing (STRM-08 to STRM-10). */
  constructor(event: string, payload?: string) {
    this.event = event
    this.#payload = payload
  }

  /** The WebSocket frame for a channel (STRM-08): without a payload rather than with an empty one. */
  frame(names: readonly string[]): Buffer {
    const channel = JSON.stringify(names)
    const known = this.#frames.get(channel)
    if (known) return known
    this.#quoted ??= this.#payload === undefined ? '' : `,"payload":${JSON.stringify(this.#payload)}`
    const frame = Buffer.from(`{"stream":${channel},"event":"${this.event}"${this.#quoted}}`)
    this.#frames.set(channel, frame)
    return frame
  }

  /** The lines of a server-sent event (STRM-14). Browsers drop events without data, and others fail on what is no JSON. */
  get lines(): string {
    return (this.#lines ??= `event: ${this.event}\ndata: ${this.#payload ?? 'null'}\n\n`)
  }
}
